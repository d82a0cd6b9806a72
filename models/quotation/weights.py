"""The weights file, in the order of `model.rs`."""
import struct

import numpy as np

from network import REACHES, SPAN_REACHES

STRAIGHT = struct.pack("<Iffff", 2, 0, 0, 1, 1)     # a curve that `calibrate.py` replaces


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
            few = layer.get("to_few")
            numbers(reach, 0 if few is None else few.shape[1])
            if few is not None:
                table(few)
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
    return bytes(out) + STRAIGHT * 3
