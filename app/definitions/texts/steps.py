"""Texts about tasks, calls, multi-instance and expressions."""

from app.definitions.texts.text import error, warning

STEP_TEXTS = {
    "user-task-unassigned": error(
        ("Тапсырманы ешкім көрмейді: орындаушы да, рөл де көрсетілмеген.", "Рөлді (candidate groups) көрсетіңіз."),
        ("Задачу никто не увидит: не указаны ни исполнитель, ни роль.", "Укажите роль (candidate groups)."),
        ("Nobody would see the task: it has neither an assignee nor a role.", "Give it a role (candidate groups)."),
    ),
    "name-too-long": error(
        ("«{name}» атауы тым ұзын: ол {limit} таңбадан аспауы тиіс.", "Атауды қысқартыңыз."),
        ("Имя «{name}» слишком длинное: предел — {limit} символов.", "Сократите имя."),
        ('The name "{name}" is too long: the limit is {limit} characters.', "Shorten the name."),
    ),
    "role-unknown": error(
        ("«{role}» рөлі белгісіз.", "Рөлдің кілтін тексеріңіз."),
        ("Роль «{role}» неизвестна.", "Проверьте ключ роли."),
        ('The role "{role}" is not known.', "Check the key of the role."),
    ),
    "four-eyes-unknown": error(
        ("law.notBy: «{other}» деген пайдаланушы тапсырмасы жоқ.", "Қадамның идентификаторын тексеріңіз."),
        ("law.notBy: задачи пользователя «{other}» нет.", "Проверьте идентификатор шага."),
        ('law.notBy: there is no user task "{other}".', "Check the id of the step."),
    ),
    "four-eyes-elsewhere": warning(
        (
            "law.notBy: «{other}» қадамы бұл файлда жоқ.",
            "Ол шақырылатын процесте болуы тиіс: идентификаторын тексеріңіз.",
        ),
        (
            "law.notBy: шага «{other}» в этом файле нет.",
            "Он должен быть в вызываемом процессе: проверьте идентификатор.",
        ),
        (
            'law.notBy: the step "{other}" is not in this file.',
            "It must be in a process that is called: check its id.",
        ),
    ),
    "four-eyes-itself": error(
        ("law.notBy қадамның өзін атайды: оны ешкім екінші рет орындай алмас еді.", "Басқа қадамды көрсетіңіз."),
        ("law.notBy называет сам этот шаг: никто не смог бы выполнить его повторно.", "Укажите другой шаг."),
        ("law.notBy names the step itself: nobody could do it a second time.", "Name another step."),
    ),
    "four-eyes-nothing": error(
        (
            "law.notBy бос немесе пайдаланушы тапсырмасында емес.",
            "Оны пайдаланушы тапсырмасына жазып, қадамдарды «;» арқылы атаңыз.",
        ),
        (
            "law.notBy пусто или стоит не на задаче пользователя.",
            "Укажите его у задачи пользователя и перечислите шаги через «;».",
        ),
        (
            "law.notBy is empty, or does not stand on a user task.",
            'Put it on a user task and name the steps, parted by ";".',
        ),
    ),
    "form-unknown": error(
        ("«{form}» нысаны табылмады.", "Нысанды үлгімен бірге орналастырыңыз немесе атауын түзетіңіз."),
        ("Форма «{form}» не найдена.", "Разместите форму вместе с моделью или исправьте её идентификатор."),
        ('The form "{form}" is not found.', "Deploy the form with the model, or correct its id."),
    ),
    "form-unused": warning(
        ("«{form}» нысанын ешкім пайдаланбайды.", "Оны қадамнан formRef арқылы көрсетіңіз не алып тастаңыз."),
        ("На форму «{form}» никто не ссылается.", "Укажите её в formRef шага или не размещайте."),
        ('Nobody refers to the form "{form}".', "Name it in the formRef of a step, or leave it out."),
    ),
    "binding-invalid": error(
        ("Байланыс түрі жарамсыз немесе толық емес: «{binding}».", "Мыналардың бірін таңдаңыз: {allowed}."),
        ("Привязка недопустима или неполна: «{binding}».", "Выберите одну из: {allowed}."),
        ('The binding is not allowed or incomplete: "{binding}".', "Choose one of: {allowed}."),
    ),
    "version-unknown": error(
        ("«{target}»: {version}-нұсқа жоқ.", "Бар нұсқаның нөмірін көрсетіңіз немесе байланыс түрін өзгертіңіз."),
        ("«{target}»: версии {version} нет.", "Укажите номер существующей версии или измените привязку."),
        ('"{target}" has no version {version}.', "Give the number of a version that there is, or change the binding."),
    ),
    "version-tag-unknown": error(
        ("«{target}»: «{version}» белгісі бар нұсқа жоқ.", "Белгіні түзетіңіз немесе сол нұсқаны орналастырыңыз."),
        ("«{target}»: версии с меткой «{version}» нет.", "Исправьте метку или разместите эту версию."),
        ('"{target}" has no version tagged "{version}".', "Correct the tag, or deploy that version."),
    ),
    "service-task-empty": error(
        ("Қызметтік тапсырмада не істелетіні көрсетілмеген.", "Делегат өрнегін (${{атау}}) немесе өрнек көрсетіңіз."),
        ("В сервисной задаче не указано, что делать.", "Укажите выражение делегата (${{имя}}) или выражение."),
        ("The service task does not say what to do.", "Give it a delegate expression (${{name}}) or an expression."),
    ),
    "service-task-several": error(
        ("Делегат, өрнек, шешім — бірнешеуі көрсетілген.", "Біреуін ғана қалдырыңыз."),
        ("Указано несколько из трёх: делегат, выражение, решение.", "Оставьте что-то одно."),
        ("More than one of delegate, expression and decision is given.", "Keep only one of them."),
    ),
    "result-variable-unused": error(
        ("Делегаттың не сыртқы орындаушының нәтижесі айнымалыға жазылмайды.", "Нәтиже айнымалысын алып тастаңыз."),
        ("Результат делегата или внешнего исполнителя не записывается в переменную.", "Удалите переменную результата."),
        ("The result of a delegate or a worker is not put into a variable.", "Remove the result variable."),
    ),
    "delegate-invalid": error(
        ("Делегат өрнегі жарамсыз: «{text}».", "Оны ${{атау}} түрінде жазыңыз."),
        ("Выражение делегата недопустимо: «{text}».", "Запишите его в виде ${{имя}}."),
        ('The delegate expression is not allowed: "{text}".', "Write it as ${{name}}."),
    ),
    "delegate-unknown": error(
        ("«{delegate}» делегаты жоқ.", "Атауын тексеріңіз."),
        ("Делегата «{delegate}» нет.", "Проверьте имя."),
        ('There is no delegate "{delegate}".', "Check the name."),
    ),
    "decision-missing": error(
        ("Қай шешім қабылданатыны көрсетілмеген.", "Шешім кестесінің идентификаторын (decisionRef) көрсетіңіз."),
        ("Не указано, какое решение принимается.", "Укажите идентификатор решения (decisionRef)."),
        ("It is not said which decision is made.", "Give the id of the decision (decisionRef)."),
    ),
    "decision-unknown": error(
        (
            "«{decision}» шешімі табылмады.",
            "Шешім кестесін (.dmn) үлгімен бірге орналастырыңыз немесе атауын түзетіңіз.",
        ),
        ("Решение «{decision}» не найдено.", "Разместите файл .dmn вместе с моделью или исправьте идентификатор."),
        ('The decision "{decision}" is not found.', "Deploy its .dmn file with the model, or correct the id."),
    ),
    "decision-mapping-invalid": error(
        ("Шешім нәтижесін беру түрі жарамсыз: «{mapping}».", "Мыналардың бірін таңдаңыз: {allowed}."),
        ("Способ передачи результата решения недопустим: «{mapping}».", "Выберите один из: {allowed}."),
        ('The mapping of the decision result is not allowed: "{mapping}".', "Choose one of: {allowed}."),
    ),
    "decision-without-result": error(
        ("Шешімнің нәтижесі ешқайда жазылмайды.", "Нәтиже айнымалысын көрсетіңіз."),
        ("Результат решения никуда не записывается.", "Укажите переменную результата."),
        ("The result of the decision is put nowhere.", "Give it a result variable."),
    ),
    "script-language": error(
        ("Скрипт тілі қолданылмайды: «{language}».", "«juel», «feel» пішімін немесе делегатты пайдаланыңыз."),
        ("Язык скрипта не применяется: «{language}».", "Используйте формат «juel», «feel» или делегат."),
        ('The script language is not used here: "{language}".', 'Use the format "juel" or "feel", or a delegate.'),
    ),
    "script-empty": error(
        ("Скрипт бос.", "Өрнек жазыңыз."),
        ("Скрипт пуст.", "Запишите выражение."),
        ("The script is empty.", "Write an expression."),
    ),
    "script-without-result": error(
        ("Скрипттің нәтиже айнымалысы жоқ.", "Нәтиже айнымалысын көрсетіңіз."),
        ("У скрипта нет переменной результата.", "Укажите переменную результата."),
        ("The script has no result variable.", "Give it a result variable."),
    ),
    "script-not-expression": error(
        ("Скрипт өрнек емес: «{text}».", "Оны бір ${{…}} өрнегі ретінде жазыңыз."),
        ("Скрипт не является выражением: «{text}».", "Запишите его одним выражением ${{…}}."),
        ('The script is not an expression: "{text}".', "Write it as one expression ${{…}}."),
    ),
    "call-without-process": error(
        ("Қай процесс шақырылатыны көрсетілмеген.", "Шақырылатын процесті көрсетіңіз."),
        ("Не указано, какой процесс вызывается.", "Укажите вызываемый процесс."),
        ("It is not said which process is called.", "Give the called element."),
    ),
    "process-unknown": error(
        ("Шақырылатын «{process}» процесі табылмады.", "Оны үлгімен бірге орналастырыңыз."),
        ("Вызываемый процесс «{process}» не найден.", "Разместите его вместе с моделью."),
        ('The called process "{process}" is not found.', "Deploy it together with the model."),
    ),
    "handover-incomplete": error(
        ("Айнымалыны беру толық емес немесе атауы жарамсыз: «{text}».", "Қайдан және қайда берілетінін көрсетіңіз."),
        ("Передача переменной неполна или имя недопустимо: «{text}».", "Укажите источник и назначение."),
        ('A variable mapping is incomplete or has a bad name: "{text}".', "Give both the source and the target."),
    ),
    "parameter-not-plain": error(
        ("«{parameter}» параметрінің мәні мәтін немесе өрнек емес.", "Мәтін немесе ${{…}} өрнегін жазыңыз."),
        ("Значение параметра «{parameter}» — не текст и не выражение.", "Запишите текст или выражение ${{…}}."),
        ('The parameter "{parameter}" is neither text nor an expression.', "Write a text or an expression ${{…}}."),
    ),
    "multi-instance-empty": error(
        ("Көп данадағы қадамда саны да, жинақ та көрсетілмеген.", "Санын немесе жинақты көрсетіңіз."),
        ("У многоэкземплярного шага не заданы ни число, ни коллекция.", "Задайте число или коллекцию."),
        ("The multi-instance step has neither a number nor a collection.", "Give a cardinality or a collection."),
    ),
    "multi-instance-both": error(
        ("Көп данадағы қадамда саны да, жинақ та көрсетілген.", "Біреуін ғана қалдырыңыз."),
        ("У многоэкземплярного шага заданы и число, и коллекция.", "Оставьте что-то одно."),
        ("The multi-instance step has both a number and a collection.", "Keep only one of them."),
    ),
    "multi-instance-not-supported": error(
        (
            "Бұл түрдегі қадам көп данада орындалмайды: {step}.",
            "userTask, serviceTask, scriptTask, businessRuleTask, callActivity немесе subProcess пайдаланыңыз.",
        ),
        (
            "Шаг этого вида не исполняется в нескольких экземплярах: {step}.",
            "Используйте userTask, serviceTask, scriptTask, businessRuleTask, callActivity или subProcess.",
        ),
        (
            "Such a step cannot be multi-instance: {step}.",
            "Use a userTask, serviceTask, scriptTask, businessRuleTask, callActivity or subProcess.",
        ),
    ),
    "cardinality-invalid": error(
        ("Дана саны жарамсыз: «{text}».", "0-ден {limit}-ге дейінгі бүтін сан немесе ${{…}} өрнегін жазыңыз."),
        ("Число экземпляров недопустимо: «{text}».", "Запишите целое число от 0 до {limit} или выражение ${{…}}."),
        ('The number of instances is not allowed: "{text}".', "Write a whole number from 0 to {limit} or ${{…}}."),
    ),
    "collection-invalid": error(
        ("Жинақ айнымалының атауы да, өрнек те емес: «{text}».", "Айнымалының атауын немесе ${{…}} жазыңыз."),
        ("Коллекция — не имя переменной и не выражение: «{text}».", "Запишите имя переменной или ${{…}}."),
        ('The collection is neither a variable nor an expression: "{text}".', "Write a variable's name or ${{…}}."),
    ),
    "expression-invalid": error(
        ("Өрнек жарамсыз: «{text}», {position}-таңба: {reason}", "Өрнекті түзетіңіз."),
        ("Выражение недопустимо: «{text}», знак {position}: {reason}", "Исправьте выражение."),
        ('The expression is not valid: "{text}", character {position}: {reason}', "Correct the expression."),
    ),
    "priority-invalid": error(
        ("Басымдық бүтін сан емес: «{text}».", "Бүтін сан немесе ${{…}} өрнегін жазыңыз."),
        ("Приоритет — не целое число: «{text}».", "Запишите целое число или выражение ${{…}}."),
        ('The priority is not a whole number: "{text}".', "Write a whole number or an expression ${{…}}."),
    ),
    "retries-invalid": error(
        ("Қайталау тәртібі жарамсыз: «{text}».", "Мысалы: R3/PT10M немесе PT10S,PT5M."),
        ("Порядок повторов недопустим: «{text}».", "Например: R3/PT10M или PT10S,PT5M."),
        ('The retry time cycle is not valid: "{text}".', "For example: R3/PT10M or PT10S,PT5M."),
    ),
    "date-invalid": error(
        ("Мерзім ISO 8601 пішімінде емес: «{text}».", "Мысалы: 2026-03-20T16:50:00+05:00 немесе ${{workingDays(1)}}."),
        ("Срок не в формате ISO 8601: «{text}».", "Например: 2026-03-20T16:50:00+05:00 или ${{workingDays(1)}}."),
        ('The date is not ISO 8601: "{text}".', "For example: 2026-03-20T16:50:00+05:00 or ${{workingDays(1)}}."),
    ),
    "loop-endless": error(
        ("Циклдің шарты да, ең көп саны да жоқ.", "Біреуін көрсетіңіз."),
        ("У цикла нет ни условия, ни наибольшего числа повторов.", "Задайте одно из двух."),
        ("The loop has neither a condition nor a maximum.", "Give it one of them."),
    ),
    "loop-maximum-invalid": error(
        ("Қайталаудың ең көп саны жарамсыз: «{text}».", "Бүтін сан немесе өрнек көрсетіңіз."),
        ("Наибольшее число повторов недопустимо: «{text}».", "Задайте целое число или выражение."),
        ('The maximum of the loop is not valid: "{text}".', "Give a whole number or an expression."),
    ),
    "topic-missing": error(
        ("Сыртқы тапсырманың тақырыбы (topic) жоқ.", "Тақырыпты көрсетіңіз."),
        ("У внешней задачи нет темы (topic).", "Укажите тему."),
        ("The external task has no topic.", "Give it a topic."),
    ),
    "quantity-invalid": error(
        ("{attribute} мәні жарамсыз: «{text}».", "1-ден {limit}-ға дейінгі бүтін сан көрсетіңіз."),
        ("Недопустимое значение {attribute}: «{text}».", "Задайте целое число от 1 до {limit}."),
        ('{attribute} is not valid: "{text}".', "Give a whole number from 1 to {limit}."),
    ),
}
