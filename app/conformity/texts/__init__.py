"""The words of the findings, in Kazakh, Russian and English, by code; first the check to which each belongs."""

from app.conformity.texts.act_texts import ACT
from app.conformity.texts.flow_texts import FLOW
from app.conformity.texts.time_texts import TIME

TEXTS = ACT | TIME | FLOW
