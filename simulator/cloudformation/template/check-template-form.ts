import { Template } from './template';
import { TemplateError } from './template-error';

const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs'] as const;

/**
 * Throws a TemplateError for a template whose sections do not have the form that they are read in. That every resource needs a type is
 * said in CloudFormation's words. Guess: the words for the rest.
 */
export function checkTemplateForm(template: Template): void {
  if (!isObject(template)) throw new TemplateError('Template format error: the template is no object.');
  for (const section of SECTIONS) checkSection(section, template[section]);
  for (const [logicalId, { Type }] of Object.entries(template.Resources ?? {})) {
    if (typeof Type !== 'string') throw new TemplateError(`Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`);
  }
  for (const [name, { Type }] of Object.entries(template.Parameters ?? {})) {
    if (typeof Type !== 'string') throw new TemplateError(`Template format error: [/Parameters/${name}] Every Parameters object must contain a Type member.`);
  }
}

function checkSection(section: typeof SECTIONS[number], value: unknown): void {
  if (value === undefined) return;
  if (!isObject(value)) throw new TemplateError(`Template format error: [/${section}] is no object.`);
  for (const [name, member] of Object.entries(value)) {
    const [, generator] = /^(Fn::ForEach|Fn::Transform)/.exec(name) ?? [];
    if (generator) throw new TemplateError(`The simulator does not run ${generator}; the template has [/${section}/${name}].`);
    if (!isObject(member)) throw new TemplateError(`Template format error: [/${section}/${name}] is no object.`);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
