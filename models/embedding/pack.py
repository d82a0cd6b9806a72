"""Packs a model2vec table and the words' document frequencies into what the program embeds.

    python pack.py TABLE_DIR CORPUS.jsonl[.gz] OUT_DIR

TABLE_DIR holds tokenizer.json (WordPiece) and model.safetensors (`embeddings`, int8, one scale), as `train.py` writes
them. CORPUS has one JSON object a line with a field `text`. Standard library only; the same input gives the same bytes.

    vocabulary.txt   one token a line, `##` before a continuation; the line number is the token's row
    vectors.i8       the table, row by row
    idf.u8           for each token IDF_STEPS * ln(articles / (1 + articles that hold the word)), rounded, at most 255
"""
import gzip
import json
import math
import pathlib
import re
import struct
import sys
import unicodedata

IDF_STEPS = 30  # keep in step with crates/analysis/src/embedding.rs


def folded(text):
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def table_rows(folder):
    data = (folder / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])["embeddings"]
    assert header["dtype"] == "I8", header
    start, end = header["data_offsets"]
    return header["shape"], data[8 + length + start:8 + length + end]


def document_frequencies(corpus):
    opener = gzip.open if corpus.suffix == ".gz" else open
    counts, articles = {}, 0
    with opener(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            articles += 1
            for word in set(re.findall(r"\w+", folded(json.loads(line)["text"]))):
                counts[word] = counts.get(word, 0) + 1
    return counts, articles


def main(table, corpus, out):
    vocabulary = json.loads((table / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    tokens = sorted(vocabulary, key=vocabulary.get)
    (rows, _), vectors = table_rows(table)
    assert rows == len(tokens) and not any(c.isspace() for t in tokens for c in t)
    counts, articles = document_frequencies(corpus)
    rarity = [math.log(articles / (1 + counts.get(token, 0))) for token in tokens]
    out.mkdir(parents=True, exist_ok=True)
    (out / "vocabulary.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    (out / "vectors.i8").write_bytes(vectors)
    (out / "idf.u8").write_bytes(bytes(min(255, max(0, round(IDF_STEPS * idf))) for idf in rarity))


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:4]))
