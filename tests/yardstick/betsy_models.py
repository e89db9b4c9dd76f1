"""Betsy's models as they run here: the same flow, with its log lines kept in a variable instead of a file."""

from pathlib import Path

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
CONDITIONS = ("conditionExpression", "loopCondition", "condition", "activationCondition")
TOPICS = {
    "WAIT_TEN_SECONDS": "wait", "CREATE_TIMESTAMP_LOG_1": "wait", "CREATE_TIMESTAMP_LOG_2": "wait", "THROW_ERROR": "throw",
}  # fmt: skip
"""Scripts that take time or fail are work for a worker outside."""
ERROR_CODE = "ERR_CODE"
_LOGGED = '(execution.hasVariable("trace") ? trace : "").concat({} ? "{} " : "DATA_wrong ")'


def translated(file: Path) -> bytes:
    tree = etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True))
    for name in CONDITIONS:
        for element in tree.iter(BPMN + name):
            if element.text and "${" not in element.text:
                element.text = f"${{{element.text.strip()}}}"
    for script in list(tree.iter(BPMN + "script")):
        _translate(script.getparent(), (script.text or "").strip())
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)


def _translate(task: etree._Element, script: str) -> None:
    written = task.find(BPMN + "script")
    if script in TOPICS:
        task.tag = BPMN + "serviceTask"
        task.remove(written)
        task.set(CAMUNDA + "type", "external")
        task.set(CAMUNDA + "topic", TOPICS[script])
        return
    if task.tag == BPMN + "scriptTask":
        task.set(CAMUNDA + "asyncAfter", "true")  # what is logged stays logged, whatever becomes of the next step
    task.set("scriptFormat", "juel")
    match script:
        case "CREATE_LOG_FILE":
            variable, expression = "begun", "true"
        case "CREATE_MARKER_FILE":
            variable, expression = "marker", "true"
        case "SET_STRING_DATA":
            variable, expression = "data", '"String"'
        case "LOG_DATA":
            variable, expression = "trace", _LOGGED.format('data == "String"', "DATA_correct")
        case "INCREMENT_INTEGER_VARIABLE" | "INCREMENT_INTEGER_VARIABLE_AND_LOG":
            variable, expression = "integerVariable", "integerVariable + 1"
            if script.endswith("LOG"):
                _output(task, "trace", "${" + _LOGGED.format("true", "INCREMENT") + "}")
        case _:
            variable, expression = "trace", _LOGGED.format("true", script)
    written.text = f"${{{expression}}}"
    task.set(CAMUNDA + "resultVariable", variable)


def _output(task: etree._Element, name: str, expression: str) -> None:
    extensions = etree.Element(BPMN + "extensionElements")
    mapping = etree.SubElement(extensions, CAMUNDA + "inputOutput")
    parameter = etree.SubElement(mapping, CAMUNDA + "outputParameter", name=name)
    parameter.text = expression
    task.insert(0, extensions)
