"""Trains the network of cues, speakers and contents, and writes the weights that the program carries.

    quotation-trainer read polnear-train.jsonl > readings.jsonl
    python train.py readings.jsonl articles.jsonl.gz ../embedding weights.bin [--every 10]
    python narrow.py readings.jsonl weights.bin
    quotation-trainer apply polnear-train.jsonl weights.bin --every 10 > held.jsonl
    python calibrate.py ...            (see there)

READINGS are the annotated articles as the program reads them; ARTICLES, one JSON object with a `text` a line, lend the words that
the annotated ones do not have; `../embedding` is the folder of the word vectors. Every tenth article is left out, for the
calibration. Two passes over the candidates: first annotated cues and those of the rules, then what the half-trained first part
finds with its units dropped at random, so that the second part learns to turn down what it will meet.
Needs jax, optax and xxhash; seven CPU-minutes. Seeded: the same library versions on the same processor give the same file.
"""
import argparse
import collections
import gzip
import json
import math
import pathlib
import re
import struct
import unicodedata
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax
import xxhash

WIDTH, SPAN_WIDTH = 64, 48
REACHES, SPAN_REACHES = (1, 2, 4, 8), (1, 3, 8)
PASSES, LATER_PASSES, RATE, DROPOUT, DECAY, SEED = 7, 5, 3e-3, 0.2, 0.15, 1
STATIC = 96                     # principal components of the word vectors
WORDS = 18000
ROWS, ITEMS, POSITIONS = 4, 1024, 1664     # of a batch
FAR = 90                        # items from the cue that are looked at, as in the program
ASPECTS = (36, 16, 20, 12, 28, 6, 8, 8)    # values of each aspect of a place
NEVER = -1e4
CUE_LEAST = 0.15


# ---- the annotated articles as arrays ------------------------------------------------------------------------------

def mark(labels, offset, start, end, first, inner, last, only):
    start, end = max(start, offset), min(end, offset + len(labels))
    if start >= end or labels[start - offset:end - offset].any():
        return
    for k in range(start, end):
        labels[k - offset] = only if end - start == 1 else first if k == start else last if k == end - 1 else inner


def membership(spans, low, high):
    out = np.full(high - low, 1 if spans else 0, np.int32)
    for k in range(low, high):
        inside = next(((s, e) for s, e in spans if s <= k < e), None)
        if inside:
            out[k - low] = 4 + (k == inside[0]) + 2 * (k == inside[1] - 1)
        elif any(s == k + 1 for s, _ in spans):
            out[k - low] = 2
        elif any(e == k for _, e in spans):
            out[k - low] = 3
    return out


def distance(k, start, end):
    if start <= k < end:
        return 1, 11
    side, steps = (0, start - k) if k < start else (2, k + 1 - end)
    step = steps if steps <= 6 else 7 if steps <= 9 else 8 if steps <= 14 else 9 if steps <= 24 else 10
    return side, side * 11 + step


class Article:
    """What `quotation-trainer read` tells of one article."""

    def __init__(self, row, vocabulary):
        sentences = row["sentences"]
        keys = [k for s in sentences for k in s["keys"]]
        self.gold = [(tuple(a["cue"]), a["speaker"], a["contents"]) for a in row["attributions"]]
        self.keys = np.array([[v.get(k, 0) for v, k in zip(vocabulary, item)] for item in keys], np.int32).reshape(-1, 5)
        self.signs = [k for s in sentences for k in s["signs"]]
        self.sentence = np.repeat(np.arange(len(sentences)), [len(s["keys"]) for s in sentences]).astype(np.int32)
        self.ends = [(s["start"], s["start"] + len(s["keys"])) for s in sentences]
        self.reach = [(s["reach"]["start"], s["reach"]["end"]) for s in sentences]
        self.cues = [s["cues"] for s in sentences]
        self.labels = np.zeros(len(keys), np.int32)
        for cue, _, _ in self.gold:
            mark(self.labels, 0, *cue, 1, 2, 2, 1)
        verbs = [(k, k + 1) for k, item in enumerate(keys) if 200 <= item[2] < 232]
        self.take(self.apart([c["items"] for s in self.cues for c in s] + verbs))
        self.check()

    def apart(self, spans):
        """The annotated cues, and of others those that touch none before them."""
        taken = np.zeros(len(self.keys), bool)
        kept = list(dict.fromkeys(cue for cue, _, _ in self.gold))
        for s, e in kept:
            taken[s:e] = True
        for s, e in spans:
            if not taken[s:e].any():
                kept.append((s, e))
                taken[s:e] = True
        return sorted(kept)

    def take(self, cues):
        """Makes these cues the candidates."""
        others = collections.defaultdict(list)
        for s, e in cues:
            others[self.sentence[s]].append(s)
        self.candidates = [self.candidate(s, e, others[self.sentence[s]]) for s, e in cues]

    def candidate(self, start, end, others):
        home = self.sentence[start]
        low, high = max(self.reach[home][0], start - FAR), min(self.reach[home][1], end + FAR)
        rule = next((c for c in self.cues[home] if c["items"][0] < end and start < c["items"][1]), None)
        labels = np.zeros(high - low, np.int32)
        gold = max(self.gold, key=lambda a: min(a[0][1], end) - max(a[0][0], start), default=None)
        if gold and min(gold[0][1], end) > max(gold[0][0], start):
            for content in gold[2]:
                mark(labels, low, *content, 3, 4, 5, 6)
            if gold[1]:
                mark(labels, low, *gold[1], 1, 2, 2, 1)
        return dict(start=start, end=end, low=low, high=high, labels=labels, kind=rule["kind"] if rule else 0,
                    places=self.places(start, end, low, high, others, rule))

    def places(self, start, end, low, high, others, rule):
        """As `place.rs` has them."""
        places = np.zeros((high - low, len(ASPECTS)), np.int32)
        first, behind = self.ends[self.sentence[start]]

        def walk(indices):
            commas = verbs = quoted = cues = that = 0
            for k in indices:
                side, far = distance(k, start, end)
                places[k - low, :5] = (far, commas * 3 + side, verbs * 3 + side, quoted * 3 + side,
                                       (cues * 2 + that) * 3 + side)
                verb, comma, is_that, is_quoted = self.signs[k]
                commas, verbs = min(4, commas + comma), min(5, verbs + verb)
                quoted, cues, that = min(3, quoted + is_quoted), min(3, cues + (k in others and k != start)), that | is_that

        walk(range(end, high))
        walk(range(start - 1, low - 1, -1))
        places[start - low:min(end, high) - low, :5] = (11, 1, 1, 1, 1)
        for k in range(low, high):
            places[k - low, 5] = (1 if k < first else 2 if k >= behind else 3 if k == first else 4 if k == behind - 1
                                  else 5 if k == behind - 2 else 0)
        subject = [rule["subject"]] if rule and rule["subject"] else []
        places[:, 6] = membership(subject, low, high)
        places[:, 7] = membership(rule["content"] if rule else [], low, high)
        return places

    def check(self):
        """Holds the places to those of the program, for the cues of the rules."""
        for cue in (c for s in self.cues for c in s):
            own = self.candidate(*cue["items"], [])["places"]
            assert (own == np.array(cue["places"])).all(), "the places are not as the program has them"


def vocabulary_of(rows, extra):
    """For each of the five keys, which row of its table each value has; the words in order."""
    counts = [collections.Counter() for _ in range(5)]
    words = {}
    for row in rows:
        for sentence in row["sentences"]:
            for word, keys in zip(sentence["words"], sentence["keys"]):
                words.setdefault(keys[0], word)
                for counter, key in zip(counts, keys):
                    counter[key] += 1
    kept = {key: words[key] for key in sorted(words) if counts[0][key] >= 3}
    for word in extra:
        if len(kept) >= WORDS:
            break
        kept.setdefault(folded(word), word)
    vocabulary = [{key: row + 1 for row, key in enumerate(kept)}]
    for counter, least in zip(counts[1:], (20, 5, 20, 5)):
        vocabulary.append({key: row + 1 for row, key in enumerate(sorted(k for k, n in counter.items() if n >= least))})
    return vocabulary, list(kept.values()), [counts[0][key] for key in kept]


def folded(word):
    whole = xxhash.xxh3_64_intdigest(word.encode())
    return (whole >> 32) ^ whole & 0xFFFFFFFF


def static_vectors(words, counts, folder):
    """The principal components of the words' vectors, a row for each and one of nought before them."""
    vectors = np.frombuffer((folder / "vectors.i8").read_bytes(), np.int8).reshape(-1, 256).astype(np.float32)
    tokens = {t: i for i, t in enumerate((folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1])}
    rows = np.zeros((len(words) + 1, 256), np.float32)
    for index, word in enumerate(words):
        pieces = word_pieces(word, tokens)
        if pieces:
            rows[index + 1] = vectors[pieces].mean(0)
    weight = np.sqrt(np.array([-1, *counts]) + 1.0)
    centred = rows - (rows * weight[:, None]).sum(0) / weight.sum()
    centred[0] = 0
    _, axes = np.linalg.eigh((centred * weight[:, None]).T @ centred / weight.sum())
    out = centred @ axes[:, ::-1][:, :STATIC]
    out /= np.sqrt((out**2 * weight[:, None]).sum() / weight.sum() / STATIC)
    out = np.clip(out, -4, 4)
    out[np.abs(rows).sum(1) == 0] = 0
    return out.astype(np.float32)


def word_pieces(word, tokens):
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("’", "'")
    found = []
    for part in re.findall(r"\w+|[^\w\s]", plain):
        at = 0
        while at < len(part):
            end = next((e for e in range(len(part), at, -1) if ("##" if at else "") + part[at:e] in tokens), None)
            if end is None:
                break
            found.append(tokens[("##" if at else "") + part[at:end]])
            at = end
    return found


# ---- batches: rows of whole pieces of articles, with the positions around their cues ---------------------------------

def pieces_of(article, longest=300):
    """Cut at sentences that no candidate reaches across."""
    crossed = np.zeros(len(article.keys) + 1, bool)
    for c in article.candidates:
        crossed[c["low"] + 1:c["high"]] = True
    turns = np.flatnonzero(np.diff(article.sentence)) + 1
    cuts = [0, *(k for k in turns if not crossed[k]), len(article.keys)]
    low = 0
    for before, cut in zip(cuts, cuts[1:]):
        if cut - low > longest and before > low:
            yield article, low, before
            low = before
    if low < len(article.keys):
        yield article, low, len(article.keys)


def batches(pieces, random=None):
    """In random order, or as they are; with each batch its rows."""
    rows, row, items, positions = [], [], 0, 0
    for index in random.permutation(len(pieces)) if random else range(len(pieces)):
        article, low, high = pieces[index]
        candidates, wide = [], 0
        for c in article.candidates:
            if low <= c["start"] < high and wide + c["high"] - c["low"] <= POSITIONS:
                candidates.append(c)
                wide += c["high"] - c["low"]
        if high - low > ITEMS:
            continue
        if items + high - low > ITEMS or positions + wide > POSITIONS:
            rows.append(row)
            row, items, positions = [], 0, 0
        row.append((article, low, high, candidates))
        items, positions = items + high - low, positions + wide
    rows.append(row)
    for start in range(0, len(rows), ROWS):
        yield rows[start:start + ROWS], batch(rows[start:start + ROWS])


def batch(rows):
    new = lambda *shape, fill=0: np.full(shape, fill, np.int32)
    b = dict(keys=new(ROWS, ITEMS, 5), cues=new(ROWS, ITEMS), sentence=new(ROWS, ITEMS, fill=-1),
             index=new(ROWS, POSITIONS), places=new(ROWS, POSITIONS, len(ASPECTS)), labels=new(ROWS, POSITIONS),
             candidate=new(ROWS, POSITIONS, fill=-1), first=new(ROWS, POSITIONS), last=new(ROWS, POSITIONS),
             kind=new(ROWS, POSITIONS))
    for r, row in enumerate(rows):
        n = m = sentences = number = 0
        for article, low, high, candidates in row:
            here = slice(n, n + high - low)
            b["keys"][r, here] = article.keys[low:high]
            b["cues"][r, here] = article.labels[low:high]
            b["sentence"][r, here] = article.sentence[low:high] - article.sentence[low] + sentences
            sentences = b["sentence"][r, n + high - low - 1] + 1
            for c in candidates:
                around = slice(m, m + c["high"] - c["low"])
                b["index"][r, around] = np.clip(np.arange(c["low"], c["high"]) - low + n, 0, ITEMS - 1)
                for name, value in (("places", c["places"]), ("labels", c["labels"]), ("candidate", number),
                                    ("first", c["start"] - low + n), ("last", min(c["end"], high) - 1 - low + n),
                                    ("kind", c["kind_row"])):
                    b[name][r, around] = value
                number += 1
                m = around.stop
            n = here.stop
    return b


# ---- the network ---------------------------------------------------------------------------------------------------

def new_weights(key, sizes):
    keys = iter(jax.random.split(key, 64))
    normal = lambda *shape: jax.random.normal(next(keys), shape)
    layer = lambda width: dict(w=normal(3 * width, width) * math.sqrt(2 / (3 * width)) * 0.5, b=jnp.zeros(width))
    head = lambda width, labels: dict(w=normal(width, labels) * 0.1, b=jnp.zeros(labels), steps=jnp.zeros((labels + 1, labels)))
    return dict(
        project=normal(STATIC, WIDTH) * 0.7 / math.sqrt(STATIC), words=jnp.zeros((sizes[0] + 1, WIDTH)),
        keys=[normal(size + 1, WIDTH) * scale for size, scale in zip(sizes[1:], (0.1, 0.3, 0.1, 0.1))],
        layers=[layer(WIDTH) for _ in REACHES], cue=head(WIDTH, 3),
        here=normal(WIDTH, SPAN_WIDTH) / math.sqrt(WIDTH), first=normal(WIDTH, SPAN_WIDTH) / math.sqrt(2 * WIDTH),
        last=normal(WIDTH, SPAN_WIDTH) / math.sqrt(2 * WIDTH), kind=normal(sizes[4] + 1, SPAN_WIDTH) * 0.1,
        places=[normal(size, SPAN_WIDTH) * 0.1 for size in ASPECTS],
        span_layers=[layer(SPAN_WIDTH) for _ in SPAN_REACHES], span=head(SPAN_WIDTH, 7))


def span_step(before, after):
    is_open = before in (3, 4)
    if after in (4, 5):
        return is_open
    return before in (1, 2) if after == 2 else not is_open


def forbidden(labels, allowed):
    """The last row is the beginning."""
    return np.array([[0 if allowed(x if x < labels else None, y) else NEVER for y in range(labels)]
                     for x in range(labels + 1)], np.float32)


NO_CUE_STEP = forbidden(3, lambda before, after: after != 2 or before in (1, 2))
NO_SPAN_STEP = forbidden(7, span_step)


def normalised(rows):
    return rows * jax.lax.rsqrt(jnp.mean(rows * rows, -1, keepdims=True) + 1e-3)


def moved(values, by, fill=0):
    rest = ((0, 0),) * (values.ndim - 2)
    if by > 0:
        return jnp.pad(values[:, by:], ((0, 0), (0, by), *rest), constant_values=fill)
    return jnp.pad(values[:, :by], ((0, 0), (-by, 0), *rest), constant_values=fill)


def convolved(layer, rows, reach, chain):
    rows = normalised(rows)
    beside = lambda by: moved(rows, by) * (moved(chain, by, -9) == chain)[..., None]
    return jax.nn.relu(jnp.concatenate([beside(-reach), rows, beside(reach)], -1) @ layer["w"] + layer["b"])


def dropped(key, rows, share=DROPOUT):
    return rows if key is None else rows * jax.random.bernoulli(key, 1 - share, rows.shape) / (1 - share)


def sense(p, static, b, key):
    """The rows of the items and their scores for the labels of a cue."""
    keys = iter(jax.random.split(key, 16)) if key is not None else iter([None] * 16)
    word = b["keys"][..., 0]
    hide, some, whole = next(keys), next(keys), next(keys)
    if key is not None:
        word = jnp.where(jax.random.bernoulli(hide, 0.04, word.shape), 0, word)
    own = p["words"][word]
    if key is not None:
        own = own * jax.random.bernoulli(some, 0.7, word.shape)[..., None] / 0.7
    rows = (static @ p["project"])[word] + own + sum(t[b["keys"][..., k + 1]] for k, t in enumerate(p["keys"]))
    rows = dropped(whole, rows)
    for layer, reach in zip(p["layers"], REACHES):
        rows = rows + dropped(next(keys), convolved(layer, rows, reach, b["sentence"]))
    rows = normalised(rows)
    return rows, rows @ p["cue"]["w"] + p["cue"]["b"]


def spans(p, rows, b, key):
    """The scores of the positions around the candidates."""
    keys = iter(jax.random.split(key, 16))
    rows = dropped(next(keys), rows)
    at = jnp.arange(ROWS)[:, None]
    x = (rows @ p["here"])[at, b["index"]] + (rows @ p["first"])[at, b["first"]] + (rows @ p["last"])[at, b["last"]]
    x = jax.nn.relu(x + p["kind"][b["kind"]] + sum(t[b["places"][..., k]] for k, t in enumerate(p["places"])))
    for layer, reach in zip(p["span_layers"], SPAN_REACHES):
        x = x + dropped(next(keys), convolved(layer, x, reach, b["candidate"]))
    return normalised(x) @ p["span"]["w"] + p["span"]["b"]


def surprise(scores, steps, labels, chain):
    """The negative log-likelihood of all chains of the rows (the forward algorithm, begun anew at each chain)."""
    begins = jnp.pad(chain[:, :-1], ((0, 0), (1, 0)), constant_values=-5) != chain
    scores = jnp.where((chain >= 0)[..., None], scores, 0)
    count = scores.shape[-1]

    def step(carry, x):
        forward, total = carry
        score, begin = x
        top = forward.max(-1)
        on = jnp.log(jnp.exp(forward - top[:, None]) @ jnp.exp(steps[:-1]) + 1e-30) + top[:, None] + score
        total = total + jnp.where(begin, jax.nn.logsumexp(forward, -1), 0)
        return (jnp.where(begin[:, None], steps[-1] + score, on), total), None

    start = (jnp.full((scores.shape[0], count), -math.log(count)), jnp.zeros(scores.shape[0]))
    (forward, total), _ = jax.lax.scan(step, start, (scores.transpose(1, 0, 2), begins.T), unroll=8)
    before = jnp.where(begins, count, jnp.pad(labels[:, :-1], ((0, 0), (1, 0))))
    gold = jnp.take_along_axis(scores, labels[..., None], -1)[..., 0] + steps[before, labels]
    return (total + jax.nn.logsumexp(forward, -1)).sum() - gold.sum()


def loss(p, static, b, key):
    one, two = jax.random.split(key)
    rows, scores = sense(p, static, b, one)
    return (surprise(scores, p["cue"]["steps"] + NO_CUE_STEP, b["cues"], b["sentence"])
            + surprise(spans(p, rows, b, two), p["span"]["steps"] + NO_SPAN_STEP, b["labels"], b["candidate"])) / 1000


# ---- training --------------------------------------------------------------------------------------------------------

def marginals(scores, steps):
    steps, factors = np.exp(steps), np.exp(scores - scores.max(1, keepdims=True))
    forward, backward = np.zeros_like(scores), np.ones_like(scores)
    reached = steps[-1]
    for k, factor in enumerate(factors):
        forward[k] = reached * factor / (reached * factor).sum()
        reached = forward[k] @ steps[:-1]
    for k in range(len(scores) - 2, -1, -1):
        both = steps[:-1] @ (factors[k + 1] * backward[k + 1])
        backward[k] = both / both.sum()
    both = forward * backward
    return both / both.sum(1, keepdims=True)


def cues_found(article, scores, steps):
    cues = []
    for low, high in article.ends:
        for k, (outside, begin, inside) in enumerate(marginals(scores[low:high], steps), low):
            if 1 - outside < CUE_LEAST:
                continue
            if cues and cues[-1][1] == k and k > low and inside >= begin:
                cues[-1] = (cues[-1][0], k + 1)
            else:
                cues.append((k, k + 1))
    return cues


def take_found(articles, pieces, p, static, random):
    """Makes the cues that the first part finds, its units dropped at random, the candidates, with most of those it misses."""
    scores = {id(a): np.zeros((len(a.keys), 3), np.float32) for a in articles}
    look = jax.jit(lambda p, b, key: sense(p, static, b, key)[1])
    key = jax.random.PRNGKey(5)
    for rows, b in batches(pieces):
        key, own = jax.random.split(key)
        found = np.asarray(look(p, b, own))
        for r, row in enumerate(rows):
            n = 0
            for article, low, high, _ in row:
                scores[id(article)][low:high] = found[r, n:n + high - low]
                n += high - low
    steps = np.asarray(p["cue"]["steps"]) + NO_CUE_STEP
    for article in articles:
        cues = cues_found(article, scores[id(article)], steps)
        for (s, e), _, _ in article.gold:
            if not any(a < e and s < b for a, b in cues) and random.random() < 0.7:
                cues.append((s, e))
        article.take(sorted(set(cues)))


def trained(articles, static, sizes, kinds):
    random = np.random.default_rng(SEED)

    def cut():
        for article in articles:
            for c in article.candidates:
                c["kind_row"] = kinds.get(c["kind"], 0)
        return [piece for article in articles for piece in pieces_of(article)]

    pieces = cut()
    total = (PASSES + LATER_PASSES) * sum(1 for _ in batches(pieces))
    rate = optax.warmup_cosine_decay_schedule(0, RATE, min(60, total), total + 20, RATE * 0.02)
    decayed = lambda p: jax.tree.map(lambda x: x.ndim > 1, p)
    optimiser = optax.chain(optax.clip_by_global_norm(5.0), optax.adamw(rate, b2=0.99, weight_decay=DECAY, mask=decayed))
    p = new_weights(jax.random.PRNGKey(SEED), sizes)
    state, mean, key = optimiser.init(p), p, jax.random.PRNGKey(SEED + 1)

    @jax.jit
    def step(p, state, mean, b, key):
        value, gradient = jax.value_and_grad(loss)(p, static, b, key)
        change, state = optimiser.update(gradient, state, p)
        p = optax.apply_updates(p, change)
        return p, state, jax.tree.map(lambda m, x: m * 0.995 + x * 0.005, mean, p), value

    for number in range(PASSES + LATER_PASSES):
        if number == PASSES:
            take_found(articles, pieces, mean, static, random)
            pieces = cut()
        losses = 0.0
        for _, b in batches(pieces, random):
            key, own = jax.random.split(key)
            p, state, mean, value = step(p, state, mean, b, own)
            losses += float(value)
        print(f"pass {number + 1}: {losses:.1f}", flush=True)
    return jax.tree.map(np.asarray, mean)


# ---- the weights file, in the order of `model.rs` ----------------------------------------------------------------------

def packed(p, static, vocabulary):
    out = bytearray()

    def numbers(*values):
        out.extend(struct.pack(f"<{len(values)}I", *values))

    def floats(values):
        out.extend(np.asarray(values, "<f4").tobytes())

    def table(rows):
        units = np.maximum(np.abs(rows).max(1), 1e-6) / 127
        numbers(len(rows))
        floats(units)
        out.extend(np.rint(rows / units[:, None]).astype(np.int8).tobytes())

    def lexicon(keys, rows):
        keys = np.array(list(keys), np.uint32)
        order = np.argsort(keys)
        numbers(len(keys))
        out.extend(keys[order].astype("<u4").tobytes())
        table(np.concatenate([rows[:1], rows[1:][order]]))

    def layers(stack, reaches):
        numbers(len(reaches))
        for layer, reach in zip(stack, reaches):
            numbers(reach, 0)           # 0: whole, not narrowed yet
            table(layer["w"])
            floats(layer["b"])

    def head(h):
        table(h["w"])
        floats(h["b"])
        table(h["steps"])

    for keys, rows in zip(vocabulary, [static @ p["project"] + p["words"], *p["keys"]]):
        lexicon(keys, rows)
    layers(p["layers"], REACHES)
    head(p["cue"])
    for name in ("here", "first", "last"):
        table(p[name])
    lexicon(vocabulary[4], p["kind"])
    for rows in p["places"]:
        table(rows)
    layers(p["span_layers"], SPAN_REACHES)
    head(p["span"])
    for _ in range(3):                      # the curves of `calibrate.py`, straight so far
        numbers(2)
        floats([0, 0, 1, 1])
    return bytes(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("readings", "articles", "embedding", "weights"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--every", type=int, default=10, help="leave every Nth article out")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.readings.open(encoding="utf-8")]
    common = collections.Counter()
    with gzip.open(given.articles, "rt", encoding="utf-8") as lines:
        for line in lines:
            common.update(re.findall(r"[a-z][a-z-]*[a-z]", json.loads(line)["text"].lower()))
    vocabulary, words, counts = vocabulary_of(rows, [w for w, _ in common.most_common(40000)])
    static = static_vectors(words, [n + common[w] for n, w in zip(counts, words)], given.embedding)
    articles = [Article(row, vocabulary) for k, row in enumerate(rows) if k % given.every]
    p = trained(articles, static, [len(v) for v in vocabulary], vocabulary[4])
    given.weights.write_bytes(packed(p, static, vocabulary))


if __name__ == "__main__":
    main()
