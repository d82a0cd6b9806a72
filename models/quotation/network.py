"""The network of cues, and of speakers and contents around them: what it gives, and how far that is from an annotation.

Residual dilated convolutions with a linear chain over their scores. The chains of a batch are summed all at once, as products of
matrices that halve in number at each step, so that no processor waits for one item after another.
"""
import itertools
import math
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from articles import ASPECTS, ROWS, STATIC

REACHES, SPAN_REACHES = (1, 2, 4, 8), (1, 3, 8)
CUE_LABELS, SPAN_LABELS = 3, 7
NEVER = -1e4


@dataclass(frozen=True)
class Shape:
    """How many numbers a row of either part has, how many later layers go through, and how many are known of each item from elsewhere."""

    wide: int
    span_wide: int
    few: int | None = None
    context: int = 0


def new_weights(key, sizes, shape):
    keys = iter(jax.random.split(key, 64))
    normal = lambda *size: jax.random.normal(next(keys), size)
    wide, span_wide = shape.wide, shape.span_wide

    def layers(width, reaches):
        whole = lambda rows: dict(w=normal(rows, width) * math.sqrt(2 / rows) * 0.5, b=jnp.zeros(width))
        through = lambda: dict(to_few=normal(3 * width, shape.few) / math.sqrt(3 * width)) | whole(shape.few)
        return [through() if shape.few and depth else whole(3 * width) for depth, _ in enumerate(reaches)]

    head = lambda width, labels: dict(w=normal(width, labels) * 0.1, b=jnp.zeros(labels), steps=jnp.zeros((labels + 1, labels)))
    p = dict(
        project=normal(STATIC, wide) * 0.7 / math.sqrt(STATIC), words=jnp.zeros((sizes[0] + 1, wide)),
        keys=[normal(size + 1, wide) * scale for size, scale in zip(sizes[1:], (0.1, 0.3, 0.1, 0.1))],
        layers=layers(wide, REACHES), cue=head(wide, CUE_LABELS),
        here=normal(wide, span_wide) / math.sqrt(wide), first=normal(wide, span_wide) / math.sqrt(2 * wide),
        last=normal(wide, span_wide) / math.sqrt(2 * wide), kind=normal(sizes[4] + 1, span_wide) * 0.1,
        places=[normal(size, span_wide) * 0.1 for size in ASPECTS],
        span_layers=layers(span_wide, SPAN_REACHES), span=head(span_wide, SPAN_LABELS))
    if shape.context:
        for name, width in (("context", wide), ("span_context", span_wide)):
            p[name] = normal(shape.context, width) * 0.7 / math.sqrt(shape.context)
    return p


# ---- rows and scores -------------------------------------------------------------------------------------------------

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
    window = jnp.concatenate([beside(-reach), rows, beside(reach)], -1)
    return jax.nn.relu((window @ layer["to_few"] if "to_few" in layer else window) @ layer["w"] + layer["b"])


def kept(key, share, shape):
    """Which are kept, where this share is dropped at random; in 256ths, as so many random bits cost a quarter of whole numbers."""
    return jax.random.bits(key, shape, "uint8") >= round(share * 256)


def dropped(key, rows, dropout):
    return rows if key is None else rows * kept(key, dropout, rows.shape) / (1 - dropout)


def keys_of(key):
    return itertools.repeat(None) if key is None else iter(jax.random.split(key, 16))


def sense(p, static, b, key, dropout):
    """The rows of the items and their scores for the labels of a cue; without a key nothing is dropped."""
    keys = keys_of(key)
    word, hide, some, whole = b["keys"][..., 0], next(keys), next(keys), next(keys)
    if key is not None:
        word = jnp.where(kept(hide, 0.04, word.shape), word, 0)
    own = p["words"][word]
    if key is not None:
        own = own * kept(some, 0.3, word.shape)[..., None] / 0.7
    rows = jnp.asarray(static)[word] @ p["project"] + own + sum(t[b["keys"][..., k + 1]] for k, t in enumerate(p["keys"]))
    if "context" in p:
        rows = rows + b["context"].astype(jnp.float32) @ p["context"]
    rows = dropped(whole, rows, dropout)
    for layer, reach in zip(p["layers"], REACHES):
        rows = rows + dropped(next(keys), convolved(layer, rows, reach, b["sentence"]), dropout)
    rows = normalised(rows)
    return rows, rows @ p["cue"]["w"] + p["cue"]["b"]


def spans(p, rows, b, key, dropout):
    """The scores of the positions around the candidates."""
    keys = keys_of(key)
    rows = dropped(next(keys), rows, dropout)
    here = rows @ p["here"]
    if "span_context" in p:
        here = here + b["context"].astype(jnp.float32) @ p["span_context"]
    at = jnp.arange(ROWS)[:, None]
    x = here[at, b["index"]] + (rows @ p["first"])[at, b["first"]] + (rows @ p["last"])[at, b["last"]]
    if "span_context" in p:
        x = x + p["kind"][b["kind"]] + sum(t[b["places"][..., k]] for k, t in enumerate(p["places"]))
    else:
        # As products, whose slopes processors find faster than those of rows that are looked up.
        places = jnp.concatenate([jax.nn.one_hot(b["places"][..., k], size) for k, size in enumerate(ASPECTS)], -1)
        x = x + jax.nn.one_hot(b["kind"], len(p["kind"])) @ p["kind"] + places @ jnp.concatenate(p["places"])
    x = jax.nn.relu(x)
    for layer, reach in zip(p["span_layers"], SPAN_REACHES):
        x = x + dropped(next(keys), convolved(layer, x, reach, b["candidate"]), dropout)
    return normalised(x) @ p["span"]["w"] + p["span"]["b"]


# ---- chains ----------------------------------------------------------------------------------------------------------

def span_step(before, after):
    is_open = before in (3, 4)
    if after in (4, 5):
        return is_open
    return before in (1, 2) if after == 2 else not is_open


def forbidden(labels, allowed):
    """The last row is the beginning."""
    return np.array([[0 if allowed(x if x < labels else None, y) else NEVER for y in range(labels)]
                     for x in range(labels + 1)], np.float32)


NO_CUE_STEP = forbidden(CUE_LABELS, lambda before, after: after != 2 or before in (1, 2))
NO_SPAN_STEP = forbidden(SPAN_LABELS, span_step)


def begins_of(chain):
    return jnp.pad(chain[:, :-1], ((0, 0), (1, 0)), constant_values=-5) != chain


def total(scores, steps, chain):
    """The logarithm of the sum over all paths, of all chains together.

    Each item is a matrix of the steps to it. Where a chain begins these are the same from every label, so that the product over a row is
    that of its chains' sums. Products are taken of neighbours, and scaled so that the largest number is one.
    """
    count = scores.shape[-1]
    into = jnp.where(begins_of(chain)[..., None, None], steps[-1], steps[:-1]) + scores[..., None, :]
    top = jax.lax.stop_gradient(into.max((-1, -2), keepdims=True))
    known = (chain >= 0)[..., None, None]
    matrices = jnp.where(known, jnp.exp(into - top), jnp.eye(count)).transpose(2, 3, 0, 1)
    logarithm = jnp.where(known, top, 0).sum()
    while matrices.shape[-1] > 1:
        if matrices.shape[-1] % 2:
            one = jnp.broadcast_to(jnp.eye(count)[..., None, None], (*matrices.shape[:-1], 1))
            matrices = jnp.concatenate([matrices, one], -1)
        left, right = matrices[..., 0::2], matrices[..., 1::2]
        product = sum(left[:, y, None] * right[None, y] for y in range(count))
        scale = jax.lax.stop_gradient(product.max((0, 1)))
        matrices, logarithm = product / scale, logarithm + jnp.log(scale).sum()
    return logarithm + jnp.log(matrices[0, :, :, 0].sum(0)).sum()


def annotation(labels, chain, count):
    """The share of each label at each position, and how often each step is taken, where the labels are known."""
    known = (chain >= 0)[..., None]
    share = jax.nn.one_hot(labels, count) * known
    before = jnp.where(begins_of(chain), count, jnp.pad(labels[:, :-1], ((0, 0), (1, 0))))
    return share, jnp.einsum("rnx,rny->xy", jax.nn.one_hot(before, count + 1), share)


def annotations(b):
    return [annotation(b["cues"], b["sentence"], CUE_LABELS), annotation(b["labels"], b["candidate"], SPAN_LABELS)]


def surprise(scores, steps, chain, share, turns):
    """The negative log-likelihood of labels of which the share at each position is known, and how often each step is taken."""
    return total(scores, steps, chain) - (scores * share).sum() - (steps * turns).sum()


def scores_of(p, static, b, key, dropout):
    """Of both parts, with the steps, the chains, and what is held of them."""
    one, two = (None, None) if key is None else jax.random.split(key)
    rows, cues = sense(p, static, b, one, dropout)
    return ((cues, p["cue"]["steps"] + NO_CUE_STEP, b["sentence"]),
            (spans(p, rows, b, two, dropout), p["span"]["steps"] + NO_SPAN_STEP, b["candidate"]))


def opinion(p, static, b):
    """What a network holds of each label and step of both parts: the slopes of the total."""
    return [jax.grad(total, (0, 1))(*part) for part in scores_of(p, static, b, None, 0)]


def loss(p, static, b, key, dropout):
    parts = scores_of(p, static, b, key, dropout)
    return sum(surprise(*part, *held) for part, held in zip(parts, b.get("held") or annotations(b))) / 1000
