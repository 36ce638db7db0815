import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listAttributes } from './list-attributes';

/*
 * Writes down which attributes of resource types are lists, for the simulator, which does not have CDK where it is installed.
 *
 * usage: tsx scripts/list-attributes/write.ts   after an update of CDK
 */
const FILE = join(__dirname, '..', '..', 'simulator', 'cloudformation', 'resources', 'list-attributes.json');

const lines = Object.entries(listAttributes('aws-cdk-lib-newest')).map(([type, names]) => `  ${JSON.stringify(type)}: ${JSON.stringify(names)}`);
writeFileSync(FILE, `{\n${lines.join(',\n')}\n}\n`);
