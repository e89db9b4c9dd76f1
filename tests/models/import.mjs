/**
 * Opens models as Camunda Modeler does and prints what it has to say: {file: [{check, element, message}]}.
 *
 *   node tests/models/import.mjs FILE...      (*.bpmn, *.dmn)
 *
 * Checks: `import` is a warning or error of the import, `unknown` something that the Modeler has no field for,
 * `flows` a sequence flow that its ends do not list, so that the rules see another graph, or that lies in another
 * scope than they, `diagram` an element that is not drawn; any other is the name of a bpmnlint rule of .bpmnlintrc.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname } from 'node:path';

import Modeler from 'bpmn-js-headless/lib/Modeler';
import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import { DmnModdle } from 'dmn-moddle';

const require = createRequire(import.meta.url);
const camunda = require('camunda-bpmn-moddle/resources/camunda.json');
const camundaDmn = require('camunda-dmn-moddle/resources/camunda.json');
const modeler = require('modeler-moddle/resources/modeler.json');
const modelerDmn = require('modeler-moddle/resources/dmn-modeler.json');

const DRAWN = [
  'bpmn:FlowNode',
  'bpmn:SequenceFlow',
  'bpmn:MessageFlow',
  'bpmn:Association',
  'bpmn:DataInputAssociation',
  'bpmn:DataOutputAssociation',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
  'bpmn:TextAnnotation',
  'bpmn:Group',
  'bpmn:Participant',
  'bpmn:Lane',
];

// labels keep the bounds that they have: there is no page on which to measure their text
const unmeasuredText = {
  textRenderer: ['value', { getExternalLabelBounds: (bounds) => bounds, getTextAnnotationBounds: (bounds) => bounds }],
};

const finding = (check, element, message) => ({ check, element: element?.id ?? null, message });

/** Every element of the tree below `element`, itself first, with what it holds and not what it refers to. */
function* tree(element) {
  yield element;
  for (const property of element.$descriptor?.properties ?? []) {
    if (property.isReference || property.isAttr) continue;
    for (const child of [element[property.name] ?? []].flat()) {
      if (child.$type) yield* tree(child);
    }
  }
}

function unknown(root) {
  return [...tree(root)].flatMap((element) => {
    if (!element.$instanceOf) return [finding('unknown', element.$parent, `element <${element.$type}>`)];
    const names = Object.keys(element.$attrs).filter((name) => !/^xmlns(:|$)|^xsi:(type|schemaLocation)$/.test(name));
    return names.map((name) => finding('unknown', element, `attribute ${name} of <${element.$type}>`));
  });
}

function misplaced(root) {
  const flows = [...tree(root)].filter((element) => element.$instanceOf?.('bpmn:SequenceFlow'));
  return flows.flatMap((flow) => [
    ...(flow.sourceRef?.outgoing?.includes(flow) ? [] : [finding('flows', flow, 'not among the outgoing of its source')]),
    ...(flow.targetRef?.incoming?.includes(flow) ? [] : [finding('flows', flow, 'not among the incoming of its target')]),
    ...[flow.sourceRef, flow.targetRef]
      .filter((end) => end && end.$parent !== flow.$parent)
      .map((end) => finding('flows', flow, `in another scope than ${end.id}`)),
  ]);
}

async function bpmn(xml) {
  const { rootElement, warnings } = await new BpmnModdle({ camunda, modeler }).fromXML(xml);
  const lint = await new Linter({
    config: JSON.parse(await readFile(new URL('../../.bpmnlintrc', import.meta.url), 'utf8')),
    resolver: new NodeResolver({ require }),
  }).lint(rootElement);
  const linted = Object.entries(lint).flatMap(([rule, reports]) =>
    reports.map((report) => finding(rule, report, report.message)),
  );

  const canvas = new Modeler({ additionalModules: [unmeasuredText] });
  const drawing = await canvas.importDefinitions(rootElement).catch((error) => error);
  const registry = canvas.get('elementRegistry');
  const missing = rootElement.rootElements
    .flatMap((root) => [...tree(root)])
    .filter((element) => DRAWN.some((type) => element.$instanceOf?.(type)) && !registry.get(element.id))
    .map((element) => finding('diagram', element, `<${element.$type}> is not drawn`));

  return [
    ...[...warnings, ...drawing.warnings].map(({ message, element }) => finding('import', element, message)),
    ...unknown(rootElement),
    ...misplaced(rootElement),
    ...missing,
    ...linted,
  ];
}

async function dmn(xml) {
  const { rootElement, warnings } = await new DmnModdle({ camunda: camundaDmn, modeler: modelerDmn }).fromXML(xml);
  const diagrams = rootElement.dmnDI?.diagrams ?? [];
  const shown = new Set(diagrams.flatMap(({ diagramElements }) => diagramElements ?? []).map((di) => di.dmnElementRef?.id));
  const parts = [...(rootElement.drgElement ?? []), ...(rootElement.artifact ?? [])];
  const requirements = parts.flatMap((part) => [
    ...(part.informationRequirement ?? []),
    ...(part.knowledgeRequirement ?? []),
    ...(part.authorityRequirement ?? []),
  ]);
  return [
    ...warnings.map(({ message, element }) => finding('import', element, message)),
    ...unknown(rootElement),
    ...[...parts, ...requirements]
      .filter(({ id }) => !shown.has(id))
      .map((part) => finding('diagram', part, `<${part.$type}> is not drawn`)),
  ];
}

const OPENERS = { '.bpmn': bpmn, '.dmn': dmn };

async function open(file) {
  try {
    return await OPENERS[extname(file)](await readFile(file, 'utf8'));
  } catch (error) {
    return [finding('import', null, error.message)];
  }
}

const findings = {};
for (const file of process.argv.slice(2)) findings[file] = await open(file);
console.log(JSON.stringify(findings, null, 2));
