import { invalidName, nameIsNotFullyQualified, nameIsReserved } from './errors';

/** Every account and Region has parameters of its own. */
export interface ParameterPlace {
  readonly accountId: string;
  readonly region: string;
}

/** Which version of which parameter is asked for. */
export interface ParameterSelection extends ParameterPlace {
  readonly name: string;
  /** The number of a version, or a label. @default - the newest version */
  readonly selector?: string;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html#awssystemsmanager-resources-for-iam-policies */
export function parameterArn({ accountId, region }: ParameterPlace, name: string): string {
  return `arn:aws:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`;
}

/** Reads `NAME`, `NAME:VERSION`, or the same with an ARN in the place of the name. An ARN always stands for the name that is a path. */
export function parameterSelection(text: string, place: ParameterPlace): ParameterSelection {
  const [, region, accountId, ofArn, ofName, selector] = /^(?:arn:[^:]*:ssm:([^:]*):(\d*):parameter([^:]+)|([^:]*))(?::(.*))?$/s.exec(text)!;
  return ofArn === undefined ? { ...place, name: ofName, selector } : { region, accountId, name: ofArn, selector };
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html#sysman-parameter-name-constraints */
export function checkNewName(name: string): void {
  if (/^\/?aws/i.test(name)) throw nameIsReserved(name);
  if (/^\/?ssm/i.test(name) || !/^[\w.\-/]+$/.test(name)) throw invalidName();
  if (name.includes('/') && !name.startsWith('/')) throw nameIsNotFullyQualified();
}
