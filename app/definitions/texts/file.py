"""Texts about the file as a whole, about ids, and about what the engine does not run."""

from app.definitions.texts.text import error, warning

FILE_TEXTS = {
    "xml-malformed": error(
        ("Файл дұрыс құрылған XML емес: {reason}", "Үлгіні модельдеу құралында ашып, қайта сақтаңыз."),
        ("Файл не является правильным XML: {reason}", "Откройте модель в редакторе и сохраните заново."),
        ("The file is not well-formed XML: {reason}", "Open the model in the modeler and save it again."),
    ),
    "xml-doctype": error(
        ("Файлда DOCTYPE немесе ENTITY жарияланған, бұған рұқсат жоқ.", "Бұл жариялауды файлдан алып тастаңыз."),
        ("В файле есть объявление DOCTYPE или ENTITY, это запрещено.", "Удалите это объявление из файла."),
        ("The file declares a DOCTYPE or an ENTITY, which is not allowed.", "Remove the declaration from the file."),
    ),
    "xml-too-large": error(
        ("Файл тым үлкен: шегі {limit} байт.", "Үлгіні бірнеше файлға бөліңіз."),
        ("Файл слишком велик: предел {limit} байт.", "Разделите модель на несколько файлов."),
        ("The file is too large: the limit is {limit} bytes.", "Split the model into several files."),
    ),
    "xml-too-many-elements": error(
        ("Файлда XML элементтері тым көп: шегі {limit}.", "Үлгіні бірнеше файлға бөліңіз."),
        ("В файле слишком много элементов XML: предел {limit}.", "Разделите модель на несколько файлов."),
        ("The file has too many XML elements: the limit is {limit}.", "Split the model into several files."),
    ),
    "xml-too-deep": error(
        ("XML элементтері бір-біріне тым терең салынған: шегі {limit} деңгей.", "Ішкі деңгейлердің санын азайтыңыз."),
        ("Слишком глубокая вложенность XML: предел {limit} уровней.", "Уменьшите число уровней вложенности."),
        ("The XML is nested too deeply: the limit is {limit} levels.", "Use fewer levels of nesting."),
    ),
    "xml-too-many-attributes": error(
        ("Элементтің атрибуттары тым көп: шегі {limit}.", "Артық атрибуттарды алып тастаңыз."),
        ("У элемента слишком много атрибутов: предел {limit}.", "Удалите лишние атрибуты."),
        ("The element has too many attributes: the limit is {limit}.", "Remove what is not needed."),
    ),
    "xml-attribute-too-long": error(
        ("«{attribute}» атрибутының мәні тым ұзын: шегі {limit} таңба.", "Мәнді қысқартыңыз."),
        ("Значение атрибута «{attribute}» слишком длинное: предел {limit} знаков.", "Сократите значение."),
        (
            'The value of the attribute "{attribute}" is too long: the limit is {limit} characters.',
            "Shorten the value.",
        ),
    ),
    "not-bpmn": error(
        ("Файл BPMN 2.0 үлгісі емес.", "BPMN 2.0 пішімінде сақталған файлды орналастырыңыз."),
        ("Файл не является моделью BPMN 2.0.", "Разместите файл, сохранённый в формате BPMN 2.0."),
        ("The file is not a BPMN 2.0 model.", "Deploy a file that was saved as BPMN 2.0."),
    ),
    "other-platform": error(
        ("Үлгі басқа платформаға арналған: {platform}.", "Үлгіні «Camunda Platform 7» үшін жасаңыз."),
        ("Модель предназначена для другой платформы: {platform}.", "Создайте модель для «Camunda Platform 7»."),
        ("The model is made for another platform: {platform}.", 'Make the model for "Camunda Platform 7".'),
    ),
    "no-executable-process": error(
        ("Файлда орындалатын процесс жоқ.", "Процестің «Executable» белгісін қосыңыз."),
        ("В файле нет исполняемого процесса.", "Включите у процесса признак «Executable»."),
        ("The file has no executable process.", 'Tick "Executable" on the process.'),
    ),
    "process-not-executable": warning(
        ("Процесс орындалмайтын деп белгіленген, ол ескерілмейді.", "Ол орындалуға тиіс болса, «Executable» қосыңыз."),
        ("Процесс помечен как неисполняемый и не учитывается.", "Если он должен исполняться, включите «Executable»."),
        ("The process is not executable and is left out.", 'If it is meant to run, tick "Executable".'),
    ),
    "process-duplicate": error(
        ("«{id}» идентификаторы бар процесс файлда бірнеше рет кездеседі.", "Әр процеске бөлек идентификатор беріңіз."),
        (
            "Процесс с идентификатором «{id}» встречается в файле несколько раз.",
            "Дайте каждому процессу свой идентификатор.",
        ),
        ('Several processes of the file have the id "{id}".', "Give each process an id of its own."),
    ),
    "id-missing": error(
        ("Элементтің идентификаторы жоқ.", "Элементке идентификатор беріңіз."),
        ("У элемента нет идентификатора.", "Задайте элементу идентификатор."),
        ("The element has no id.", "Give the element an id."),
    ),
    "id-duplicate": error(
        ("«{id}» идентификаторы бұрын пайдаланылған.", "Элементке басқа идентификатор беріңіз."),
        ("Идентификатор «{id}» уже использован.", "Дайте элементу другой идентификатор."),
        ('The id "{id}" is used already.', "Give the element another id."),
    ),
    "id-invalid": error(
        (
            "«{id}» идентификаторы жарамсыз.",
            "Идентификатор әріптен немесе «_» белгісінен басталып, әріп, цифр, «_», «-», «.» ғана қамтуға тиіс.",
        ),
        (
            "Идентификатор «{id}» недопустим.",
            "Идентификатор начинается с буквы или «_» и содержит только буквы, цифры, «_», «-», «.».",
        ),
        (
            'The id "{id}" is not allowed.',
            'An id begins with a letter or "_" and has only letters, digits, "_", "-" and ".".',
        ),
    ),
    "id-too-long": error(
        ("Идентификатор тым ұзын: шегі {limit} таңба.", "Идентификаторды қысқартыңыз."),
        ("Идентификатор слишком длинный: предел {limit} знаков.", "Сократите идентификатор."),
        ("The id is too long: the limit is {limit} characters.", "Shorten the id."),
    ),
    "model-too-large": error(
        ("Үлгіде қадамдар мен ағындар тым көп: шегі {limit}.", "Үлгінің бір бөлігін шақырылатын процеске шығарыңыз."),
        ("В модели слишком много шагов и потоков: предел {limit}.", "Вынесите часть модели в вызываемый процесс."),
        ("The model has too many flow elements: the limit is {limit}.", "Move a part into a called process."),
    ),
    "subprocess-too-deep": error(
        ("Ішкі процестер тым терең салынған: шегі {limit} деңгей.", "Бір бөлігін шақырылатын процеске шығарыңыз."),
        ("Подпроцессы вложены слишком глубоко: предел {limit} уровней.", "Вынесите часть в вызываемый процесс."),
        ("Subprocesses are nested too deeply: the limit is {limit} levels.", "Move a part into a called process."),
    ),
    "reference-unknown": error(
        ("«{reference}» деп аталған анықтама файлда жоқ.", "Бар хабарламаны немесе қатені таңдаңыз."),
        ("Определения «{reference}» нет в файле.", "Выберите существующее сообщение или ошибку."),
        ('The file has no definition "{reference}".', "Choose a message or an error that exists."),
    ),
    "element-not-supported": error(
        ("Жүйе бұл элементті әзірге орындамайды: {label}.", "{advice}"),
        ("Система пока не исполняет этот элемент: {label}.", "{advice}"),
        ("The system does not run this element yet: {label}.", "{advice}"),
    ),
    "attribute-not-supported": error(
        ("Жүйе «{attribute}» атрибутын әзірге орындамайды.", "{advice}"),
        ("Система пока не исполняет атрибут «{attribute}».", "{advice}"),
        ('The system does not support the attribute "{attribute}" yet.', "{advice}"),
    ),
    "attribute-ignored": warning(
        ("«{attribute}» атрибуты бұл элементте ескерілмейді.", "Атаудың дұрыстығын тексеріңіз немесе алып тастаңыз."),
        ("Атрибут «{attribute}» у этого элемента не учитывается.", "Проверьте его имя или удалите его."),
        ('The attribute "{attribute}" has no effect on this element.', "Check its name or remove it."),
    ),
    "extension-not-supported": error(
        ("Жүйе «{extension}» кеңейтімін әзірге орындамайды.", "{advice}"),
        ("Система пока не исполняет расширение «{extension}».", "{advice}"),
        ('The system does not support the extension "{extension}" yet.', "{advice}"),
    ),
}
