"""Why a file with people cannot be read, and why a line of it changes nothing, in three languages: where, and what to do."""

from app.domain.terms.calendar import Text

_EXCEL_KK = " Excel-де: «Файл» → «Басқаша сақтау» → түрі «CSV UTF-8 (үтірмен бөлінген) (*.csv)»."
_EXCEL_RU = " В Excel: «Файл» → «Сохранить как» → тип файла «CSV UTF-8 (разделитель — запятая) (*.csv)»."
_EXCEL_EN = " In Excel: File → Save As → “CSV UTF-8 (Comma delimited) (*.csv)”."
WINDOWS_1251 = Text(
    "Файл Windows-1251 кодтауында, UTF-8 керек: {line}-жол, жолдағы {byte}-байт (0x{value}). Бұл кодтауда ә, ғ, қ, ң, ө, ұ, ү, "
    "һ әріптері жоғалады." + _EXCEL_KK,
    "Файл в кодировке Windows-1251, а нужна UTF-8: строка {line}, байт {byte} строки (0x{value}). В этой кодировке теряются "
    "буквы ә, ғ, қ, ң, ө, ұ, ү, һ." + _EXCEL_RU,
    "The file is in Windows-1251, but must be in UTF-8: line {line}, byte {byte} of the line (0x{value}). That encoding loses "
    "the letters ә, ғ, қ, ң, ө, ұ, ү, һ." + _EXCEL_EN,
)
NO_ENCODING = Text(
    "Файл UTF-8 кодтауында емес: {line}-жол, жолдағы {byte}-байт (0x{value}), файлдың басынан {whole}-байт."
    + _EXCEL_KK,
    "Файл не в кодировке UTF-8: строка {line}, байт {byte} строки (0x{value}), байт {whole} от начала файла."
    + _EXCEL_RU,
    "The file is not in UTF-8: line {line}, byte {byte} of the line (0x{value}), byte {whole} of the file." + _EXCEL_EN,
)
UTF_16 = Text(
    "Файл UTF-16 кодтауында («Юникод мәтіні»), UTF-8 керек: {line}-жол, файлдың {byte}-байты." + _EXCEL_KK,
    "Файл в кодировке UTF-16 («Текст Юникод»), а нужна UTF-8: строка {line}, байт {byte} файла." + _EXCEL_RU,
    "The file is in UTF-16 (“Unicode Text”), but must be in UTF-8: line {line}, byte {byte} of the file." + _EXCEL_EN,
)
NO_TEXT = Text(
    "{line}-жолда NUL таңбасы бар, мәтінде ондай болмайды: файлдың {byte}-байты. Файл бүлінген: оны қайта сақтаңыз.",
    "В строке {line} стоит знак NUL, которого в тексте не бывает: байт {byte} файла. Файл повреждён: сохраните его заново.",
    "line {line} holds a NUL character, which no text does: byte {byte} of the file. The file is damaged: save it anew",
)
A_BOOK = Text(
    "Бұл Excel кітабы, CSV файлы емес." + _EXCEL_KK,
    "Это книга Excel, а не файл CSV." + _EXCEL_RU,
    "This is a workbook of Excel and no CSV file." + _EXCEL_EN,
)
NO_FILE = Text("Файлды таңдаңыз.", "Выберите файл.", "choose a file")
TOO_LARGE = Text(
    "Файл тым үлкен: ең көбі {most} МБ.", "Файл слишком большой: не больше {most} МБ.", "the file has at most {most} MB"
)
TOO_MANY = Text(
    "Жол тым көп: бір файлда ең көбі {most} адам. Файлды бөліңіз.",
    "Слишком много строк: в файле не больше {most} человек. Разделите файл.",
    "there are too many lines: at most {most} people a file. Divide it",
)
EMPTY = Text(
    "Файлда адамдар жоқ: бірінші жолда бағандардың атауы, келесілерінде адамдар болуы керек.",
    "В файле никого нет: в первой строке названия столбцов, в следующих – люди.",
    "there is nobody in the file: its first line names the columns, the next ones the people",
)
BROKEN = Text(
    "{line}-жолды оқу мүмкін емес: тырнақшалар қате жабылған не ұяшық тым ұзын ({why}).",
    "Строку {line} не прочитать: неверно закрыты кавычки или ячейка слишком длинна ({why}).",
    "line {line} cannot be read: its quotes are closed wrongly or a cell is too long ({why})",
)
COLUMN_UNKNOWN = Text(
    "1-жолда белгісіз баған: «{name}». Мыналар болуы мүмкін: {known}. Бағандар үтірмен не нүктелі үтірмен бөлінеді.",
    "В строке 1 неизвестный столбец «{name}». Возможны: {known}. Столбцы разделяют запятой или точкой с запятой.",
    "line 1 has an unknown column “{name}”. There are: {known}. Columns are separated by commas or semicolons",
)
COLUMN_TWICE = Text(
    "1-жолда «{name}» бағаны екі рет тұр.",
    "В строке 1 столбец «{name}» стоит дважды.",
    "line 1 has the column {name} twice",
)
COLUMN_MISSING = Text(
    "1-жолда «{name}» бағаны жоқ.", "В строке 1 нет столбца «{name}».", "line 1 lacks the column {name}"
)
CELLS = Text(
    "Ұяшық саны {found}, ал баған саны {wanted}: артық не жетпейтін бөлгішті тексеріңіз.",
    "Ячеек {found}, а столбцов {wanted}: проверьте разделители.",
    "there are {found} cells for {wanted} columns: check the separators",
)
NO_ID = Text("Логині жоқ.", "Нет логина.", "there is no id")
BAD_ID = Text(
    "«{given}» логин бола алмайды: ең көбі 255 таңба, «/» және басып шығарылмайтын таңбаларсыз.",
    "«{given}» не может быть логином: не больше 255 знаков, без «/» и непечатных знаков.",
    "“{given}” cannot be an id: at most 255 characters, no “/” and none that cannot be printed",
)
NO_ORGANISATION = Text(
    "«{given}» ұйымы жоқ. Оның кілтін жазыңыз, мысалы: {example}.",
    "Организации «{given}» нет. Укажите её ключ, например: {example}.",
    "there is no organisation “{given}”. Give its key, for example {example}",
)
NO_ROLE = Text(
    "«{given}» рөлі жоқ. Оның кілтін жазыңыз, мысалы: {example}.",
    "Роли «{given}» нет. Укажите её ключ, например: {example}.",
    "there is no role “{given}”. Give its key, for example {example}",
)
NO_ROLES = Text(
    "Ұйым жазылған, ал рөлдер жоқ: рөлдерді жазыңыз не екеуін де бос қалдырыңыз.",
    "Организация указана, а роли нет: укажите роли или оставьте обе ячейки пустыми.",
    "there is an organisation, but no role: give roles, or leave both empty",
)
ROLES_NOWHERE = Text(
    "Рөлдер жазылған, ал ұйым жоқ: ұйымды жазыңыз.",
    "Роли указаны, а организация нет: укажите организацию.",
    "there are roles, but no organisation: give the organisation",
)
TWICE = Text(
    "«{id}» осы ұйыммен {line}-жолда бар.",
    "«{id}» с этой организацией уже есть в строке {line}.",
    "“{id}” stands with this organisation in line {line} already",
)
OTHERWISE = Text(
    "«{id}» {line}-жолда басқаша жазылған ({what}): бір адамның деректері бірдей болуы керек.",
    "«{id}» в строке {line} записан(а) иначе ({what}): данные одного человека должны совпадать.",
    "“{id}” is written otherwise in line {line} ({what}): what is said of one person must be the same",
)
GONE = Text(
    "«{id}» ажыратылған: алдымен тіркелгісін қайта қосыңыз.",
    "«{id}»: учётная запись отключена, сначала включите её.",
    "“{id}” is deactivated: reactivate the account first",
)
ALIKE = Text(
    "«{id}» жоқ, бірақ «{other}» бар: олардың тек әріп үлкендігі бөлек.",
    "«{id}» нет, но есть «{other}»: они отличаются только регистром букв.",
    "there is no “{id}”, but “{other}”: they differ in capitals alone",
)
CHANGED = Text(
    "Көрсетілгеннен бері қызметкерлер өзгерген: ештеңе енгізілген жоқ. Төмендегі жаңа жоспарды қараңыз.",
    "С тех пор как план был показан, люди изменились: ничего не загружено. Посмотрите новый план ниже.",
    "the people have changed since the plan was shown: nothing was imported. Look at the new plan",
)
REFUSED_LINES = Text(
    "{number} жол қабылданбады: файлды түзетіп, қайта жүктеңіз.",
    "Строк с отказом: {number}. Исправьте файл и загрузите снова.",
    "{number} lines are refused: mend the file and upload it again",
)
NOTHING = Text("Енгізетін ештеңе жоқ.", "Загружать нечего.", "there is nothing to import")
STALE = Text(
    "Бұл басқа файлдың не ескі жоспардың белгісі: алдымен жоспарды қайта сұраңыз.",
    "Это отпечаток другого файла или старого плана: сначала запросите план снова.",
    "this is the fingerprint of another file or of an older plan: ask for the plan again",
)
APPLIED = Text("Бұл файл енгізіліп қойған.", "Этот файл уже загружен.", "this file is imported already")
UNKNOWN = Text(
    "Мұндай енгізу жоқ не оның мерзімі өткен: файлды қайта жүктеңіз.",
    "Такой загрузки нет или её срок прошёл: загрузите файл снова.",
    "there is no such import, or its time is over: upload the file again",
)
