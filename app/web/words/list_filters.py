"""The filters of the task list, and those that people keep."""

from app.domain.terms.calendar import Text

LIST_FILTERS = {
    "filters": Text("Сүзгі", "Фильтр", "Filter"),
    "filters-quick": Text("Жылдам сүзгілер", "Быстрые фильтры", "Quick filters"),
    "due-overdue": Text("Мерзімі өткен", "Просрочены", "Overdue"),
    "due-today": Text("Бүгін", "Сегодня", "Due today"),
    "due-week": Text("Осы аптада", "На этой неделе", "This week"),
    "state-unassigned": Text("Ешкім алмаған", "Никто не взял", "Not claimed"),
    "state-held": Text("Кейінге қалдырылған", "Отложены", "On hold"),
    "filter-service": Text("Қызмет", "Услуга", "Service"),
    "filter-step": Text("Қадам", "Шаг", "Step"),
    "filter-step-hint": Text(
        "Қадамды таңдау үшін алдымен қызметті көрсетіңіз.",
        "Чтобы выбрать шаг, сначала укажите услугу.",
        "Choose a service first to choose a step.",
    ),
    "filter-role": Text("Рөл", "Роль", "Role"),
    "filter-organisation": Text("Ұйым", "Организация", "Organisation"),
    "list-order": Text("Реті", "Порядок", "Order"),
    "order-deadline": Text("Мерзімі жақыны алдымен", "Сначала с ближайшим сроком", "Nearest deadline first"),
    "order-waiting": Text("Көп күткені алдымен", "Сначала те, что ждут дольше", "Longest waiting first"),
    "order-newest": Text("Жаңасы алдымен", "Сначала новые", "Newest first"),
    "order-applicant": Text("Өтініш берушінің аты бойынша", "По заявителю", "By applicant"),
    "filter-any": Text("Кез келген", "Любая", "Any"),
    "filter-apply": Text("Қолдану", "Применить", "Apply"),
    "filter-clear": Text("Сүзгіні алып тастау", "Сбросить фильтр", "Clear the filter"),
    "filter-keep": Text("Сүзгіні сақтау", "Сохранить фильтр", "Keep this filter"),
    "filter-manage": Text("Сүзгілерді реттеу", "Настроить фильтры", "Arrange filters"),
    "filter-name": Text("Сүзгінің аты", "Название фильтра", "Name of the filter"),
    "filter-for": Text("Кім көреді", "Кому виден", "Who sees it"),
    "filter-for-me": Text("Тек мен", "Только мне", "Only me"),
    "filter-shared": Text("ортақ", "общий", "shared"),
    "filter-shared-with": Text("ортақ: {group}", "общий: {group}", "shared: {group}"),
    "filters-kept": Text("Сақталған сүзгілер", "Сохранённые фильтры", "Kept filters"),
    "filters-none": Text(
        "Әзірге сақталған сүзгі жоқ. Тізімді сүзіп, «Сүзгіні сақтау» дегенді басыңыз.",
        "Сохранённых фильтров пока нет. Отберите задачи в списке и нажмите «Сохранить фильтр».",
        "No filters are kept yet. Filter the list and press “Keep this filter”.",
    ),
}
