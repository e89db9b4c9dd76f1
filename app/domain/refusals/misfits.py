"""Why an activity of one version cannot take the place of one of another."""

from app.domain.terms.calendar import Text

NO_SOURCE = Text(
    "ескі нұсқада «{source}» жоқ",
    "в старой версии нет «{source}»",
    "Source activity '{source}' does not exist",
)
NO_TARGET = Text(
    "жаңа нұсқада «{target}» жоқ",
    "в новой версии нет «{target}»",
    "Target activity '{target}' does not exist",
)
OTHER_KIND = Text(
    "олардың түрлері әртүрлі ({kind} және {other})",
    "они разного вида ({kind} и {other})",
    "Activities have incompatible types ({kind} is not compatible with {other})",
)
OTHER_EVENT = Text(
    "олар әртүрлі оқиғаны күтеді ({kind} және {other})",
    "они ждут разных событий ({kind} и {other})",
    "Events are not of the same type ({kind} != {other})",
)
OTHER_REPETITION = Text(
    "біреуі ғана бірнеше рет орындалады немесе олар әртүрлі қайталанады",
    "только одно из них повторяется, или они повторяются по-разному",
    "The activities are not repeated in the same way",
)
FEWER_FLOWS = Text(
    "жаңа нұсқада оған кіретін ағын азырақ",
    "в новой версии в него входит меньше потоков",
    "The target gateway must have at least the same number of incoming sequence flows that the source gateway has",
)
OTHER_HANDLER = Text(
    "біреуі ғана оқиғалы ішкі процесс немесе қайтару қадамы",
    "только одно из них — событийный подпроцесс или шаг компенсации",
    "Only one of the activities is an event subprocess or for compensation",
)
NOT_ITS_BORDER = Text(
    "«{target}» басқа қадамның шетінде тұр",
    "«{target}» стоит на границе другого шага",
    "The source boundary event's activity is not mapped to that of the target, '{host}'",
)
NOT_INSIDE = Text(
    "«{target}» ол тұрған «{scope}» ішінде емес",
    "«{target}» не внутри «{scope}»",
    "The closest mapped ancestor is mapped to scope '{scope}' which is not an ancestor of target activity '{target}'",
)
SHARED = Text(
    "«{target}» бірнеше элементке қатар қойылған, ал олар онда бірге бола алмайды",
    "«{target}» сопоставлено нескольким элементам, которые не могут стать в нём одним",
    "Several source activities are mapped to '{target}', which cannot become one there",
)
NOT_RUNNING = Text(
    "ол «{scope}» ішінде, ал оны ортасынан бастауға болмайды",
    "оно внутри «{scope}», а начать его с середины нельзя",
    "it stands in '{scope}', which does not run and cannot be begun in its middle",
)
OTHER_WAIT = Text(
    "«{target}» ондай жұмысты күтпейді ({element})",
    "«{target}» не ждёт такой работы ({element})",
    "'{target}' does not wait in the way of '{element}'",
)
NO_FLOW = Text(
    "тармақ келген «{flow}» ағынына сәйкес ағын жоқ",
    "нет потока, соответствующего «{flow}», по которому пришла ветвь",
    "no flow into it is that of '{flow}', by which a token has come",
)
SEVERAL = Text(
    "«{source}» бірнеше қадамға қатар қойылған",
    "«{source}» сопоставлено несколько раз",
    "There are multiple mappings for source activity id '{source}'",
)
NO_TRIGGER = Text(
    "«{source}» таймер, хабарлама немесе сигнал күтпейді",
    "«{source}» не ждёт таймера, сообщения или сигнала",
    "Cannot update event trigger because source activity '{source}' does not define a persistent event trigger",
)
