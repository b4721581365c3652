"""What every card says about use and limits."""

from __future__ import annotations

MOOD_USE = """
It is made for one use: to estimate how a room as a whole looks, from the mean over many faces.

## Intended use

- Shares of a room, second by second, with the group minimum that the program enforces.
- An expression is not an emotion: what a face shows is not what a person feels, thinks or has
  understood. The scores say how people who look at such a picture would describe it.
- Groups, not people: it is not made to judge, compare, grade or follow individuals, and its
  answer for a single face is often wrong.
- No medical, legal, hiring or grading decision may rest on it.
"""

OTHER_USE = """
## Intended use

- Comparing networks with `evaluate`, and `classify`: a session needs the classes negative, neutral
  and positive, in this order, and takes no other bundle.
- An expression is not an emotion: what a face shows is not what a person feels, thinks or has
  understood. The scores say how people who look at such a picture would describe it.
- Groups, not people: it is not made to judge, compare, grade or follow individuals, and its
  answer for a single face is often wrong.
- No medical, legal, hiring or grading decision may rest on it.
"""

GENERAL_LIMITS = """
## Limits

- Faces unlike those that it learned from get worse answers: calmer, seen from the side and from
  above, smaller, darker. Where it learned from pictures of the web, stills that are posed, acted
  or chosen for their expression, expect clearly lower figures in a room.
- The labels are people's opinions, who often disagree; a part of the errors is disagreement
  among people.
- Unless the data says otherwise, age, gender and skin colour are neither labelled nor balanced:
  accuracy was not measured per group and must be expected to differ.
- Glasses, beards, masks, hands before the face and strong light from the side lower accuracy.
"""

MOOD_LIMITS = """\
- Negative faces are the ones that are missed most on other data: half of them may be.
- "Negative" joins several expressions; a frown of concentration looks negative and may be counted
  so. Surprise belongs to no mood.
"""
