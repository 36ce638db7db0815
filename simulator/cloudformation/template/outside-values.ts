import { TemplateError } from './template-error';

/** The value of a parameter in Parameter Store, `NAME` or `NAME:VERSION`; undefined if it is not there. */
export type StoredParameter = (key: string) => string | undefined;

/** Any bootstrap version that templates of today accept; the simulator has no bootstrap stack to ask. */
const BOOTSTRAP_VERSION = '30';
const BOOTSTRAP_PARAMETER = /^\/cdk-bootstrap\/.*\/version$/;

/** What AWS itself publishes, such as the ids of images: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html */
const PUBLIC_PARAMETER = /^\/aws\//;

/** What templates get from other services while they are deployed. What nobody knows in a rehearsal is a placeholder, and is noted down. */
export class OutsideValues {
  private readonly unknown = new Set<string>();

  /** @param strict values that are not known are errors */
  constructor(private readonly stored: StoredParameter, private readonly strict: boolean) {}

  /** What has placeholders. */
  get placeholders(): readonly string[] {
    return [...this.unknown].sort();
  }

  /** Undefined if the parameter is not there. */
  parameter(key: string): string | undefined {
    const found = this.stored(key) ?? (BOOTSTRAP_PARAMETER.test(key) ? BOOTSTRAP_VERSION : undefined);
    return found ?? (PUBLIC_PARAMETER.test(key) ? this.placeholder(`ssm:${key}`) : undefined);
  }

  /** The placeholder says what it stands for, wherever it turns up. */
  placeholder(what: string): string {
    if (this.strict) throw new TemplateError(`The simulator does not know the value of ${what}.`);
    this.unknown.add(what);
    return `placeholder-for-${what}`;
  }
}
