import {
  parameterAlreadyExists, tagsWithOverwrite, typeCannotChange, typeIsMissing, valueDoesNotMatch, valueIsEmpty, valueIsTooLong,
} from './errors';
import { checkNewName, parameterArn, ParameterPlace, ParameterSelection } from './parameter-names';
import { Tag, withTags } from './tags';
import { Clock } from '../../clock/clock';

export type ParameterType = 'String' | 'StringList' | 'SecureString';
export type ParameterTier = 'Standard' | 'Advanced' | 'Intelligent-Tiering';

/** As `PutParameter` takes it. */
export interface ParameterRequest {
  readonly Name: string;
  readonly Value: string;
  /** @default - that of the parameter, which has to be there */
  readonly Type?: ParameterType;
  readonly AllowedPattern?: string;
  readonly DataType?: string;
  /** @default Standard */
  readonly Tier?: ParameterTier;
  readonly Overwrite?: boolean;
  readonly Tags?: readonly Tag[];
}

export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  readonly tier: ParameterTier;
  readonly dataType: string;
  readonly modifiedAt: Date;
}

export interface Parameter extends ParameterPlace {
  readonly name: string;
  readonly arn: string;
  readonly type: ParameterType;
  readonly tags: ReadonlyMap<string, string>;
  /** The newest one comes last. */
  readonly versions: readonly ParameterVersion[];
}

/** How many versions are kept: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html */
const VERSIONS_KEPT = 100;

/** In characters: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LONGEST_VALUE: Readonly<Record<ParameterTier, number>> = { 'Standard': 4096, 'Advanced': 8192, 'Intelligent-Tiering': 8192 };

/** The parameters of all accounts and Regions. */
export class ParameterStore {
  private readonly parameters = new Map<string, Parameter>();

  constructor(private readonly clock: Clock) {}

  /** Makes the parameter, or a version of it. Throws what the service refuses. */
  put(place: ParameterPlace, request: ParameterRequest): ParameterVersion {
    const { Name: name, Value: value, Tier: tier = 'Standard', Tags: tags = [] } = request;
    checkNewName(name);
    const existing = this.find({ ...place, name });
    if (request.Overwrite && tags.length > 0) throw tagsWithOverwrite();
    if (existing && !request.Overwrite) throw parameterAlreadyExists();
    const type = request.Type ?? existing?.type;
    if (type === undefined) throw typeIsMissing();
    if (existing && existing.type !== type) throw typeCannotChange(name, existing.type);
    checkValue(request, tier);
    const version: ParameterVersion = {
      version: (existing?.versions.at(-1)?.version ?? 0) + 1,
      value,
      tier,
      dataType: request.DataType ?? 'text',
      modifiedAt: this.clock.now(),
    };
    this.parameters.set(keyOf({ ...place, name }), {
      ...place,
      name,
      arn: parameterArn(place, name),
      type,
      tags: existing?.tags ?? withTags(new Map(), tags),
      versions: [...existing?.versions ?? [], version].slice(-VERSIONS_KEPT),
    });
    return version;
  }

  find(selection: ParameterSelection): Parameter | undefined {
    return this.parameters.get(keyOf(selection));
  }

  /** Undefined if there is no such parameter or no such version. */
  version(selection: ParameterSelection): ParameterVersion | undefined {
    const versions = this.find(selection)?.versions ?? [];
    return selection.selector === undefined ? versions.at(-1) : versions.find(({ version }) => String(version) === selection.selector);
  }

  /** The parameters as they are now, for readers that are shown the past. */
  copy(): ParameterStore {
    const copy = new ParameterStore(this.clock);
    this.parameters.forEach((parameter, key) => copy.parameters.set(key, parameter));
    return copy;
  }

  in({ accountId, region }: ParameterPlace): Parameter[] {
    const here = [...this.parameters.values()].filter((parameter) => parameter.accountId === accountId && parameter.region === region);
    return here.sort((one, other) => one.name < other.name ? -1 : 1);
  }

  tag(parameter: Parameter, tags: ReadonlyMap<string, string>): void {
    this.parameters.set(keyOf(parameter), { ...parameter, tags });
  }

  /** Whether it was there. */
  remove(selection: ParameterSelection): boolean {
    return this.parameters.delete(keyOf(selection));
  }
}

function keyOf({ accountId, region, name }: ParameterSelection): string {
  return `${accountId} ${region} ${name}`;
}

function checkValue({ Value: value, AllowedPattern: pattern }: ParameterRequest, tier: ParameterTier): void {
  if (value === '') throw valueIsEmpty();
  if (value.length > LONGEST_VALUE[tier]) throw valueIsTooLong(LONGEST_VALUE[tier]);
  if (pattern !== undefined && !new RegExp(pattern).test(value)) throw valueDoesNotMatch(pattern);
}
