import { Duration, Tokenization } from 'aws-cdk-lib';

/**
 * Options of a grant that has to be settled before the deployment goes on.
 */
export interface RequiredCompletionOptions {
  /**
   * How long the deployment waits: 1 second to 14 minutes.
   *
   * @default Duration.minutes(10)
   */
  readonly within?: Duration;
}

/**
 * How the deployment deals with the time that License Manager takes: distribution to an account takes minutes, to an organization it can
 * take hours.
 */
export abstract class GrantCompletion {
  /**
   * The deployment waits until the grant is as declared. If it is still pending when the time is up, the deployment fails with the ARN of
   * the grant, its status, and what to do next.
   */
  public static required(options: RequiredCompletionOptions = {}): GrantCompletion {
    return new RequiredCompletion(options.within ?? DEFAULT);
  }

  /**
   * How long the handler may wait, as it is told.
   *
   * @internal
   */
  public abstract _settleWithinSeconds(): string;
}

/** Long enough for a grant to an account: it takes two to three minutes to show up, and activation follows. */
const DEFAULT = Duration.minutes(10);

const MINIMUM = Duration.seconds(1);

/** Lambda ends a function after 15 minutes; the last minute is for undoing and answering. */
const MAXIMUM = Duration.minutes(14);

class RequiredCompletion extends GrantCompletion {
  private readonly seconds: number;

  constructor(within: Duration) {
    super();
    this.seconds = within.toSeconds();
    if (!within.isUnresolved() && (this.seconds < MINIMUM.toSeconds() || this.seconds > MAXIMUM.toSeconds())) {
      throw new Error(
        `\`completion.within\` must be ${MINIMUM.toHumanString()} to ${MAXIMUM.toHumanString()}, got ${within.toHumanString()}; `
        + 'the function that waits cannot run longer than 15 minutes',
      );
    }
  }

  public _settleWithinSeconds(): string {
    return Tokenization.stringifyNumber(this.seconds);
  }
}
