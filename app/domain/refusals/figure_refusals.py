"""Why a list behind a figure is not shown."""

from app.domain.terms.calendar import Text

NO_SUCH_LIST = Text("«{which}» деген тізім жоқ.", "Списка «{which}» нет.", "there is no list '{which}' of forecasts")
