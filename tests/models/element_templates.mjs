/**
 * Checks element templates against their schema and prints what is wrong: {file: [{path, message}]}.
 *
 *   node tests/models/element_templates.mjs FILE...
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import Ajv from 'ajv';

const schema = createRequire(import.meta.url)('@camunda/element-templates-json-schema/resources/schema.json');
const validate = new Ajv({ strict: false, allErrors: true }).compile({ ...schema, $id: undefined });

const found = {};
for (const file of process.argv.slice(2)) {
  const fits = validate(JSON.parse(await readFile(file, 'utf8')));
  found[file] = fits ? [] : validate.errors.map(({ instancePath, message }) => ({ path: instancePath, message }));
}
console.log(JSON.stringify(found));
