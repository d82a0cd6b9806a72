"""Trains the network of cues, speakers and contents, and writes the weights that the program carries.

    quotation-trainer read polnear-train.jsonl > readings.jsonl
    zcat articles.jsonl.gz | head -750 | quotation-trainer read /dev/stdin > plain.jsonl
    python train.py readings.jsonl plain.jsonl articles.jsonl.gz ../embedding ENCODER weights.bin [--every 10] [--keep FOLDER]
    quotation-trainer apply polnear-train.jsonl weights.bin --every 10 > held.jsonl
    python calibrate.py ...            (see there)

READINGS are the annotated articles as the program reads them, PLAIN others without annotation; ARTICLES, one JSON object with a `text` a
line, lend words that the annotated ones do not have; `../embedding` is the folder of the word vectors, ENCODER that of `context.py`.

Some larger networks, which see each item in its context, learn from the annotation: first of its cues and those of the rules, then of what
they find themselves. The narrow one, which the program carries, learns from what they make of the plain articles, and of the annotated
ones half from that and half from the annotation (Hinton, Vinyals and Dean 2015). Every tenth annotated article is left out, for the
calibration. FOLDER keeps what is found on the way, and lends what is there. Needs what `requirements.txt` says; half an hour of one core.
Seeded, and on one core: the same library versions on the same processor give the same file.
"""
import argparse
import collections
import gzip
import json
import os
import pathlib
import pickle
import re

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"      # sums in one order
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import jax
import jax.numpy as jnp
import numpy as np
import optax

from articles import Article, batches, static_vectors, vocabulary_of, word_pieces
from context import NUMBERS, Encoder, contexts
from network import NO_CUE_STEP, Shape, annotations, loss, new_weights, opinion, sense, total
from weights import packed

SEED, SEEDS = 1, (1, 2)         # of the narrow network, and of the larger ones
LARGER, NARROW = Shape(96, 64, context=NUMBERS), Shape(64, 48, few=16)
PASSES, LATER_PASSES, NARROW_PASSES = 5, 3, 12
CUE_LEAST, MISSED = 0.15, 0.7   # the least probability of a candidate, and the share taken of the annotated that are less likely
FAITH = 0.5                     # in the larger networks where there is an annotation
LOOKING_DROPOUT = 0.25          # where candidates are looked for


# ---- candidates ------------------------------------------------------------------------------------------------------

def take_found(articles, networks, static, kinds, seed):
    """Makes the cues that the first parts find, their units dropped at random, the candidates, with most of those they miss.

    So the second part learns to turn down what it will meet.
    """
    look = jax.jit(lambda p, b, key: cue_shares(p, static, b, key))
    shares, key, random = {id(a): np.zeros((len(a.keys), 3)) for a in articles}, jax.random.PRNGKey(seed), np.random.default_rng(seed)
    for article in articles:
        article.take([])
    for rows, b in batches(articles, kinds):
        for p in networks:
            key, own = jax.random.split(key)
            found = np.asarray(look(p, b, own)) / len(networks)
            for r, row in enumerate(rows):
                n = 0
                for article, low, high, _ in row:
                    shares[id(article)][low:high] += found[r, n:n + high - low]
                    n += high - low
    for article in articles:
        cues = cues_found(article, shares[id(article)])
        for (s, e), _, _ in article.gold:
            if not any(a < e and s < b for a, b in cues) and random.random() < MISSED:
                cues.append((s, e))
        article.take(sorted(set(cues)))


def cue_shares(p, static, b, key):
    """The probability of each label of a cue at each item: the slope of the sum over all paths."""
    _, scores = sense(p, static, b, key, LOOKING_DROPOUT)
    return jax.grad(total)(scores, p["cue"]["steps"] + NO_CUE_STEP, b["sentence"])


def cues_found(article, shares):
    cues = []
    for low, high in article.ends:
        for k in low + np.flatnonzero(1 - shares[low:high, 0] >= CUE_LEAST):
            _, begin, inside = shares[k]
            if cues and cues[-1][1] == k and k > low and inside >= begin:
                cues[-1] = (cues[-1][0], int(k) + 1)
            else:
                cues.append((int(k), int(k) + 1))
    return cues


# ---- training --------------------------------------------------------------------------------------------------------

class Training:
    """Weights on their way, with the mean of the last."""

    def __init__(self, p, static, seed, steps, dropout, decay):
        rate = optax.warmup_cosine_decay_schedule(0, 3e-3, min(60, steps), steps + 20, 6e-5)
        decayed = lambda p: jax.tree.map(lambda x: x.ndim > 1, p)
        optimiser = optax.chain(optax.clip_by_global_norm(5.0), optax.adamw(rate, b2=0.99, weight_decay=decay, mask=decayed))
        self.weights = self.mean = p
        self.state, self.key = optimiser.init(p), jax.random.PRNGKey(seed)

        @jax.jit
        def step(p, state, mean, b, key):
            value, gradient = jax.value_and_grad(loss)(p, static, b, key, dropout)
            change, state = optimiser.update(gradient, state, p)
            p = optax.apply_updates(p, change)
            return p, state, jax.tree.map(lambda m, x: m * 0.995 + x * 0.005, mean, p), value

        self.step = step

    def learn(self, all_batches, name):
        losses = 0.0
        for b in all_batches:
            self.key, own = jax.random.split(self.key)
            self.weights, self.state, self.mean, value = self.step(self.weights, self.state, self.mean, b, own)
            losses += float(value)
        print(f"{name}: {losses:.1f}", flush=True)


def larger(articles, static, sizes, kinds, seed):
    """A network that learns from the annotation."""
    random = np.random.default_rng(seed)
    for article in articles:
        article.take(article.rules)
    steps = (PASSES + LATER_PASSES) * sum(1 for _ in batches(articles, kinds))
    training = Training(new_weights(jax.random.PRNGKey(seed), sizes, LARGER), static, seed, steps, 0.25, 0.15)
    for number in range(PASSES + LATER_PASSES):
        if number == PASSES:
            take_found(articles, [training.mean], static, kinds, seed)
        training.learn((b for _, b in batches(articles, kinds, random)), f"larger network {seed}, pass {number + 1}")
    return jax.tree.map(np.asarray, training.mean)


def with_opinions(articles, networks, static, kinds, faith):
    """Batches with what the larger networks hold on average, as far as there is faith in them, and else the annotation."""
    networks = [jax.tree.map(jnp.asarray, p) for p in networks]
    held, given = jax.jit(lambda p, b: opinion(p, static, b)), jax.jit(annotations)
    mean = lambda b: jax.tree.map(lambda *all_held: sum(all_held) / len(all_held), *(held(p, b) for p in networks))
    take_found(articles, networks, static, kinds, SEED)
    for _, b in batches(articles, kinds, np.random.default_rng(SEED)):
        b["held"] = jax.tree.map(lambda held, own: np.asarray(faith * held + (1 - faith) * own), mean(b), given(b))
        del b["context"]
        yield b


def narrow(all_batches, static, sizes):
    """The network that the program carries, from these batches in random order."""
    random = np.random.default_rng(SEED)
    training = Training(new_weights(jax.random.PRNGKey(SEED), sizes, NARROW), static, SEED, NARROW_PASSES * len(all_batches), 0.15, 0.1)
    for number in range(NARROW_PASSES):
        training.learn((all_batches[k] for k in random.permutation(len(all_batches))), f"narrow network, pass {number + 1}")
    return jax.tree.map(np.asarray, training.mean)


def kept(folder, name, make):
    """What is kept under this name, or else made and kept."""
    path = folder / f"{name}.pickle" if folder else None
    if path and path.exists():
        return pickle.loads(path.read_bytes())
    made = make()
    if path:
        path.write_bytes(pickle.dumps(made))
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("readings", "plain", "articles", "embedding", "encoder", "weights"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--every", type=int, default=10, help="leave every Nth article out")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for what is found on the way")
    given = parser.parse_args()
    rows, plain = ([json.loads(line) for line in path.open(encoding="utf-8")] for path in (given.readings, given.plain))
    common = collections.Counter()
    with gzip.open(given.articles, "rt", encoding="utf-8") as lines:
        for line in lines:
            common.update(re.findall(r"[a-z][a-z-]*[a-z]", json.loads(line)["text"].lower()))
    vocabulary, words, counts = vocabulary_of(rows, [w for w, _ in common.most_common(40000)])
    static = static_vectors(words, [n + common[w] for n, w in zip(counts, words)], given.embedding)
    sizes, kinds = [len(v) for v in vocabulary], vocabulary[4]
    known = kept(given.keep, "contexts", lambda: contexts(rows + plain, Encoder(given.encoder, word_pieces)))
    annotated = [Article(row, vocabulary, own) for k, (row, own) in enumerate(zip(rows, known)) if k % given.every]
    plain = [Article(row, vocabulary, own) for row, own in zip(plain, known[len(rows):])]
    networks = [kept(given.keep, f"larger-{seed}", lambda: larger(annotated, static, sizes, kinds, seed)) for seed in SEEDS]
    all_batches = [*with_opinions(annotated, networks, static, kinds, FAITH), *with_opinions(plain, networks, static, kinds, 1)]
    p = kept(given.keep, "narrow", lambda: narrow(all_batches, static, sizes))
    given.weights.write_bytes(packed(p, static, vocabulary))


if __name__ == "__main__":
    main()
