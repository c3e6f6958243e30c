"""How fast the cleaner is, how its cost grows, what a start costs: `python -m cleaner.bench`.

What the figures mean:

- Speed is processor time, not time on the clock, so that a busy machine disturbs less. All read the same batches of texts in
  turn, and of each batch the best round counts. A MB is a million bytes of UTF-8.
- The texts are repeated up to `--megabytes`, and repetition helps: the cleaner remembers the cues that it has met, and the scorer
  words and layouts (`cleaner.firstpass`), all within a fixed size. A large corpus repeats itself too, but less. So the speed of
  the first reading of each text is printed as well, and a long run over new texts lies between the two.
- A yardstick that is not installed is left out. `C4QualityFilter` of datatrove runs with its line rules and without counting
  sentences; `ftfy.fix_text` as it comes. The third is plain Python, always there, and what CI holds the cleaner to.
"""
