"""Why a file is not taken, and what to do, in Kazakh, Russian and English."""

from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import AppError, Invalid

EMPTY = Text(
    "Файл бос: онда бірде-бір байт жоқ. Құжатты қайта сақтап немесе сканерлеп, жаңадан жүктеңіз.",
    "Файл пуст: в нём нет ни одного байта. Сохраните или отсканируйте документ заново и загрузите ещё раз.",
    "The file is empty: there is not one byte in it. Save or scan the document again, and upload it anew.",
)
TOO_LARGE = Text(
    "Файл тым үлкен: ең көбі {limit}. Құжатты бірнеше файлға бөліңіз немесе сапасын төмендетіп сканерлеңіз.",
    "Файл слишком большой: допускается до {limit}. Разделите документ на части или отсканируйте с меньшим качеством.",
    "The file is too large: up to {limit} is allowed. Split the document, or scan it at a lower quality.",
)
TYPE = Text(
    "Мұндай файл қабылданбайды: бұл – {found}. Құжатты мына түрлердің бірінде жүктеңіз: {types}.",
    "Такие файлы не принимаются: это {found}. Загрузите документ в одном из форматов: {types}.",
    "Such files are not accepted: this is {found}. Upload the document as one of: {types}.",
)
LIES = Text(
    "Файлдың аты {named} дейді, ал ішінде – {found}. Түпнұсқаны өз бағдарламасында ашып, қажетті түрде сақтаңыз.",
    "Файл назван {named}, а внутри – {found}. Откройте исходный документ в его программе и сохраните в нужном формате.",
    "The file is called {named}, but inside is {found}. Open the original in its program and save it in the right format.",
)
VIRUS = Text(
    "Файлда вирусқа тән белгі табылды, сондықтан ол сақталмады. Компьютерді тексеріп, ақпараттық қауіпсіздік "
    "қызметіне хабарлаңыз.",
    "В файле найден признак вируса, поэтому он не сохранён. Проверьте компьютер и сообщите в службу информационной "
    "безопасности.",
    "The mark of a virus was found in the file, so it has not been kept. Check the computer and tell your security service.",
)
NOT_SCANNED = Text(
    "Антивирус жауап бермейді, сондықтан файл қабылданбады. Кейінірек қайталаңыз немесе әкімшіге хабарлаңыз.",
    "Антивирус не отвечает, поэтому файл не принят. Повторите позже или сообщите администратору.",
    "The virus scanner does not answer, so the file has not been accepted. Try again later, or tell the administrator.",
)
MACROS = Text(
    "Құжатта макростар бар. Оны макроссыз (.docx, .xlsx) немесе PDF түрінде сақтап, қайта жүктеңіз.",
    "В документе есть макросы. Сохраните его без макросов (.docx, .xlsx) или как PDF и загрузите снова.",
    "There are macros in the document. Save it without them (.docx, .xlsx) or as PDF, and upload it again.",
)
INCOMPLETE = Text(
    "Файл толық келмеді: байланыс үзілген болуы мүмкін. Оны қайта жүктеңіз.",
    "Файл дошёл не полностью: возможно, связь прервалась. Загрузите его ещё раз.",
    "The file has not arrived whole: the connection may have been broken. Upload it again.",
)
TOO_MANY = Text(
    "Файл тым көп: ең көбі {limit}. Артық файлдарды жойып, қайталап көріңіз.",
    "Слишком много файлов: допускается до {limit}. Удалите лишние и повторите.",
    "There are too many files: up to {limit} are allowed. Delete some of them and try again.",
)
NO_FILE = Text("Файл таңдалмаған. Алдымен файлды таңдаңыз.", "Файл не выбран. Сначала выберите файл.",
               "No file was chosen. Choose a file first.")  # fmt: skip
LINK = Text(
    "Сілтеме құжат бола алмайды: оның артындағы дерек өзгеруі не жоғалуы мүмкін. Файлдың өзін жіберіңіз.",
    "Ссылка не может быть документом: то, что за ней, может измениться или исчезнуть. Пришлите сам файл.",
    "A link cannot be a document: what is behind it may change or vanish. Send the file itself.",
)
GONE = Text(
    "Файл енді жоқ: ол жойылған немесе жүктелгеніне бір тәуліктен асқан. Оны қайта жүктеңіз.",
    "Файла больше нет: его удалили, или со времени загрузки прошло больше суток. Загрузите его снова.",
    "The file is no longer there: it was deleted, or uploaded more than a day ago. Upload it again.",
)
STEP_ENDED = Text(
    "Құжат тіркелген қадам аяқталды: оны енді жоюға болмайды.",
    "Шаг, к которому приложен документ, завершён: удалить его больше нельзя.",
    "The step that the document was added in has ended: it cannot be deleted any more.",
)
ANOTHERS = Text(
    "Құжатты басқа адам қосқан: оны тек сол адам жоя алады.",
    "Документ добавил другой человек: удалить его может только он.",
    "Another person has added the document: only he can delete it.",
)

PROGRAM = Text("бағдарлама", "программа", "a program")
PAGE = Text("веб-бет немесе XML", "веб-страница или XML", "a web page or XML")
ARCHIVE = Text("мұрағат", "архив", "an archive")
OLD_OFFICE = Text(
    "ескі Office файлы (.doc, .xls)", "старый файл Office (.doc, .xls)", "an old Office file (.doc, .xls)"
)
BROKEN = Text("бүлінген мұрағат", "повреждённый архив", "a broken archive")
UNKNOWN = Text("белгісіз деректер", "неизвестные данные", "unknown data")


class FileRefused(Invalid):
    """A file that is not taken. details: {"reason": empty | size | type | lies | virus | macros | incomplete | number |
    link}."""

    code = "file_refused"


class NotScanned(AppError):
    """A file that is not taken because the virus scanner cannot be asked; it may be sent again later."""

    code = "not_scanned"


def refused(reason: str, words: Text, **values: Text | str) -> FileRefused:
    """The error in three languages; values: what stands in their gaps."""
    said = {
        lang: words.get(lang).format(**{
            name: value if isinstance(value, str) else value.get(lang) for name, value in values.items()
        })
        for lang in LANGUAGES
    }  # fmt: skip
    return FileRefused(said["en"], details={"reason": reason}, words=said)


def size_in_words(size: int, lang: str) -> str:
    """Bytes as people read them: "840 КБ", "1,4 МБ"."""
    units = {"en": ("KB", "MB")}.get(lang, ("КБ", "МБ"))
    if size < 1024 * 1024:
        return f"{max(round(size / 1024), 1)} {units[0]}"
    number = f"{size / 1024 / 1024:.1f}".removesuffix(".0")
    return f"{number if lang == 'en' else number.replace('.', ',')} {units[1]}"


def too_large(limit: int) -> FileRefused:
    """limit: bytes."""
    return refused("size", TOO_LARGE, limit=Text(*(size_in_words(limit, lang) for lang in LANGUAGES)))
