import { TemplateParameter } from './template';
import { TemplateError } from './template-error';

/**
 * Throws if the parameter may not have the value. The words were seen for numbers (https://github.com/aws/aws-cli/issues/7992), patterns
 * (https://github.com/bonusbits/cloudformation_templates/issues/10) and texts that are too short (Stack Overflow question 77187158).
 * Guess: the others, which follow them.
 */
export function checkParameterValue(name: string, value: string, parameter: TemplateParameter): void {
  const { Type, AllowedValues, AllowedPattern, MinLength, MaxLength } = parameter;
  const refuse = (demand: string): never => {
    throw new TemplateError(`Parameter '${name}' must ${demand}; it is '${value}'`);
  };
  if (AllowedValues && !AllowedValues.map(String).includes(value)) refuse(`be one of AllowedValues: ${AllowedValues.join(', ')}`);
  if (AllowedPattern && !patternOf(name, AllowedPattern).test(value)) refuse(`match pattern ${AllowedPattern}`);
  if (MinLength !== undefined && value.length < Number(MinLength)) refuse(`contain at least ${MinLength} characters`);
  if (MaxLength !== undefined && value.length > Number(MaxLength)) refuse(`contain at most ${MaxLength} characters`);
  if (Type === 'Number') checkNumber(value, parameter, refuse);
  if (Type === 'List<Number>') value.split(',').forEach((element) => checkNumber(element.trim(), parameter, refuse));
}

function checkNumber(text: string, { MinValue, MaxValue }: TemplateParameter, refuse: (demand: string) => never): void {
  if (text === '' || !Number.isFinite(Number(text))) refuse('be a number');
  if (MinValue !== undefined && Number(text) < Number(MinValue)) refuse(`be a number not less than ${MinValue}`);
  if (MaxValue !== undefined && Number(text) > Number(MaxValue)) refuse(`be a number not greater than ${MaxValue}`);
}

function patternOf(name: string, allowedPattern: string): RegExp {
  try {
    return new RegExp(`^(?:${allowedPattern})$`);
  } catch {
    // Guess: the words.
    throw new TemplateError(`Parameter '${name}' has an AllowedPattern that is no regular expression: ${allowedPattern}`);
  }
}
