"""The annotated articles as arrays: words as rows of tables, candidates for cues with the items around them, and batches of these.

`quotation-trainer read` gives the articles as the program reads them; what it tells of the places beside a cue is worked out here again for
the cues that a network finds, and held to the program's where both have it.
"""
import collections
import itertools
import re
import unicodedata

import numpy as np
import xxhash

STATIC = 96                     # principal components of the word vectors
WORDS = 18000
ROWS, ITEMS, POSITIONS = 4, 1024, 1408     # of a batch
FAR = 90                        # items from the cue that are looked at, as in the program
ASPECTS = (36, 16, 20, 12, 28, 6, 8, 8)    # values of each aspect of a place


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

    def __init__(self, row, vocabulary, context=None):
        self.context = context          # what is known of the items from elsewhere
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
        self.rules = self.apart([c["items"] for s in self.cues for c in s] + verbs)
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


def rows_of(articles, random=None):
    """Of whole pieces, in random order or as they are, each with its candidates."""
    pieces = [piece for article in articles for piece in pieces_of(article)]
    row, items, positions = [], 0, 0
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
            yield row
            row, items, positions = [], 0, 0
        row.append((article, low, high, candidates))
        items, positions = items + high - low, positions + wide
    yield row


def batches(articles, kinds, random=None):
    """With each batch its rows; `kinds` has the row of each kind of cue."""
    all_rows = rows_of(articles, random)
    while rows := list(itertools.islice(all_rows, ROWS)):
        yield rows, batch(rows, kinds)


def batch(rows, kinds):
    new = lambda *shape, fill=0: np.full(shape, fill, np.int32)
    b = dict(keys=new(ROWS, ITEMS, 5), cues=new(ROWS, ITEMS), sentence=new(ROWS, ITEMS, fill=-1),
             index=new(ROWS, POSITIONS), places=new(ROWS, POSITIONS, len(ASPECTS)), labels=new(ROWS, POSITIONS),
             candidate=new(ROWS, POSITIONS, fill=-1), first=new(ROWS, POSITIONS), last=new(ROWS, POSITIONS),
             kind=new(ROWS, POSITIONS))
    if known := next((article.context.shape[1] for row in rows for article, *_ in row if article.context is not None), 0):
        b["context"] = np.zeros((ROWS, ITEMS, known), np.float16)
    for r, row in enumerate(rows):
        n = m = sentences = number = 0
        for article, low, high, candidates in row:
            here = slice(n, n + high - low)
            b["keys"][r, here] = article.keys[low:high]
            b["cues"][r, here] = article.labels[low:high]
            b["sentence"][r, here] = article.sentence[low:high] - article.sentence[low] + sentences
            sentences = b["sentence"][r, n + high - low - 1] + 1
            if known:
                b["context"][r, here] = article.context[low:high]
            for c in candidates:
                around = slice(m, m + c["high"] - c["low"])
                b["index"][r, around] = np.clip(np.arange(c["low"], c["high"]) - low + n, 0, ITEMS - 1)
                for name, value in (("places", c["places"]), ("labels", c["labels"]), ("candidate", number),
                                    ("first", c["start"] - low + n), ("last", min(c["end"], high) - 1 - low + n),
                                    ("kind", kinds.get(c["kind"], 0))):
                    b[name][r, around] = value
                number += 1
                m = around.stop
            n = here.stop
    return b
