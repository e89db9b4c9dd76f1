"""What people write into forms that they know nothing of but what they are shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.actions.forms.form_context import MEMBERS

AHEAD = timedelta(weeks=5)
"""A day that is asked for is so far away: later than every notice that an act demands."""
NUMBERS: Mapping[str, str] = {"iin": "900101300126", "bin": "180540012343", "iin-or-bin": "180540012343"}
"""By the format that a field asks for."""
TEXTS: Mapping[str, str] = {
    "administrativeFile": "Өтініш, тіркеу карточкасы, хат алмасу көшірмелері",
    "answerText": "Шағымда келтірілген мән-жайлар зерделенді, шешім заңнамаға сәйкес қабылданды.",
    "applicantAddress": "Ақтөбе қ., Әбілқайыр хан даңғ., 40",
    "applicantName": "«Ақтөбе Жоба» ЖШС",
    "attachedDocuments": "Стандартта көзделген құжаттар",
    "attestationList": "Тізім бойынша бір адам",
    "attestedPosition": "Бас энергетик",
    "baseBuilding": "11",
    "baseRegion": "Ақмола облысы",
    "baseStreet": "Өндірістік",
    "certificateDraft": "Сертификаттың жобасы белгіленген нысан бойынша дайындалды.",
    "certificateText": "Ұйым энергия үнемдеу саласында аккредиттелген.",
    "complaintDemands": "Шешімнің күшін жоюды және өтінішті қайта қарауды сұраймын.",
    "complaintText": "Өтініш стандартта белгіленген мерзімде қаралмады.",
    "complianceText": "Ұсынылған құжаттар талаптарға сәйкес тексерілді.",
    "conclusionText": "Материалдық-техникалық база мен мамандар тексерілді.",
    "currentLicenceNumber": "19002417",
    "decisionReasons": "Құжаттарды қарау нәтижесі бойынша.",
    "deliveryPlace": "ХҚКО, № 4 терезе, сағат 10:00-ден кейін",
    "employerName": "«Ақтөбе ЖЭО» АҚ",
    "expertiseText": "Сынақ хаттамалары мен әдістеме зерделенді.",
    "extensionNotice": "Шағымды қарау мерзімі ұзартылғаны туралы хабарлаймыз.",
    "extensionReason": "Қосымша зерделеу қажет",
    "favourableDecision": "Өтініш берушінің талабы толық қанағаттандырылды.",
    "hearingSummary": "Өтініш беруші тыңдалды, түсініктемесі хаттамаға енгізілді.",
    "installationAddress": "Ақтөбе қ., Өнеркәсіп аймағы, 12-учаске",
    "instrumentType": "Ультрадыбыстық газ есептегіші UGM-2",
    "legalEntityAddress": "Астана қ., Мәңгілік Ел даңғ., 11",
    "legalEntityName": "«ЛифтСервис» ЖШС",
    "minutesNumber": "17",
    "minutesText": "Комиссия мүшелерінің көпшілігі шешімді қолдады.",
    "missingDocuments": "Мамандардың біліктілігін растайтын құжаттардың көшірмелері",
    "noticeText": "Аттестаттау күні, уақыты және орны туралы хабарлаймыз.",
    "operatorName": "Меруерт Қасым",
    "orderDraft": "Бұйрықтың жобасы қоса беріледі.",
    "orderNumber": "214-Ө",
    "positionText": "Шағым негіздері зерделенді, ұстаным құқықтық қызметпен келісілді.",
    "recipientName": "Әсел Байжан",
    "refusalGround": "Ұсынылған мәліметтер талаптарға сәйкес келмейді",
    "refusalReasons": "Біліктілік талаптарына сәйкессіздік анықталды.",
    "refusalText": "Ұсынылған құжаттар біліктілік талаптарына сәйкес келмейді.",
    "registerNumber": "KZ.02.03.08412-2026",
    "resolutionText": "Қарап, белгіленген мерзімде ұсыныс енгізіңіз.",
    "reviewingBody": "Жоғары тұрған орган",
    "scannedDocuments": "Өтініш, жарғының көшірмесі, мамандар тізімі",
    "sheetText": "Аттестаттау нәтижесі бойынша толтырылды.",
    "signatoryPosition": "Басқарма басшысы",
    "specialisation": "Сараптама жұмыстары: конструктив бөлігі",
    "territorialDepartment": "Астана қаласы бойынша департамент",
    "testPlace": "Оқу орталығы, 3-аудитория",
    "testResult": "30 сұрақтың 27-сіне дұрыс жауап берілді",
}
NOTE = "Жазба"
PHONE = "+77172000000"

Choose = Callable[[str, Sequence[Any]], Sequence[Any]]
"""Given the key of a field and what it offers, which of it is taken; a field for one choice takes the first of them."""


def first(_key: str, options: Sequence[Any]) -> Sequence[Any]:
    """The form's first option."""
    return options[:1]


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answers. texts: by the key of a field; numbers: by the format that a field asks for.

    now: aware; later: by how much the day that is asked for is later than at the first asking.
    """

    now: datetime
    choose: Choose = first
    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=lambda: NUMBERS)
    later: timedelta = timedelta(0)

    def to(self, form: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
        """An answer to each required field of a form-js form, by key. known: the variables of the case."""
        return {
            one["key"]: self._answer(one, offered(one, known))
            for one in form["components"]
            if "key" in one and one.get("validate", {}).get("required") and not one.get("disabled")
        }

    def _answer(self, one: Mapping[str, Any], options: Sequence[Any]) -> Any:
        if one["type"] in ("checklist", "taglist"):
            return list(self.choose(one["key"], options))
        if options:
            return self.choose(one["key"], options)[0]
        if one["type"] == "checkbox":
            return True
        if one["type"] == "number":
            return one["validate"].get("min", 1)
        if one["type"] == "datetime":
            day = (self.now + AHEAD + self.later).date().isoformat()
            return day if one.get("subtype") == "date" else f"{day}T10:00"
        if (number := self.numbers.get(one.get("properties", {}).get("format"))) is not None:
            return number
        if one["key"] in self.texts:
            return self.texts[one["key"]]
        return TEXTS.get(one["key"], PHONE if "hone" in one["key"] else NOTE)


def colleagues(form: Mapping[str, Any], holders: Callable[[str], Sequence[str]]) -> dict[str, Sequence[str]]:
    """What fields that ask for people of a role offer. holders: who has a role."""
    asked = {one.get("valuesKey", "") for one in form["components"]}
    return {key: holders(key.removeprefix(MEMBERS)) for key in asked if key.startswith(MEMBERS)}


def offered(one: Mapping[str, Any], known: Mapping[str, Any]) -> list[Any]:
    """The options of a field: its own, or those in a variable of the case."""
    options = known.get(one["valuesKey"], []) if "valuesKey" in one else one.get("values", [])
    return [option["value"] if isinstance(option, dict) else option for option in options]
