import { Duration } from 'aws-cdk-lib';
import { Completion } from './completion';
import { DEFAULT_SETTLING_TIME } from './settling-time';
import { LONGEST_SERVICE_TIMEOUT, TIME_TO_ANSWER } from '../provider/service-timeout';
import { DurationLimits, renderSeconds, requireDuration, WAITED_FOR_IN_FUNCTION } from '../validation/duration';

/**
 * Options of a grant that has to be settled before the deployment goes on.
 */
export interface RequiredCompletionOptions {
  /**
   * How long the deployment waits: 1 second to 1 hour, which is the longest that AWS CloudFormation waits for a custom resource. Its last
   * three minutes are for the answer.
   *
   * A value that is known at deployment only is taken for 14 minutes at most.
   *
   * @default Duration.minutes(10)
   */
  readonly within?: Duration;
}

/**
 * Options of a grant that the deployment does not wait for until it is settled.
 */
export interface BackgroundCompletionOptions {
  /**
   * How long the deployment waits before it goes on: up to 14 minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly wait?: Duration;

  /**
   * How long after the beginning of the deployment the grant has to be settled, or else the workflow fails: longer than `wait`, and up to 14
   * days. Another value makes the next deployment take up a grant again that was given up.
   *
   * @default Duration.days(2)
   */
  readonly giveUpAfter?: Duration;
}

/**
 * How the deployment deals with the time that License Manager takes: distribution to an account takes minutes, to an organization it can
 * take hours or days.
 */
export abstract class GrantCompletion {
  /**
   * The deployment waits until the grant is as declared. If it is still pending when the time is up, the deployment fails with the ARN of
   * the grant, its status, and what to do next.
   *
   * With more than 14 minutes, an AWS Step Functions workflow waits in place of the function, which cannot run longer.
   *
   * A grant that takes the place of another one, of another license or for another grantee, is given up four minutes before the longest that
   * is waited, at the latest: that time is for making the old one active again.
   */
  public static required(options: RequiredCompletionOptions = {}): GrantCompletion {
    const within = options.within ?? DEFAULT_SETTLING_TIME;
    requireDuration('completion.within', within, WAITED_FOR_BY_CLOUDFORMATION);
    return within.isUnresolved() || within.toSeconds() <= WAITED_FOR_IN_FUNCTION.longest.toSeconds()
      ? new InFunction(within)
      : new ByWorkflow(DEFAULT_WAIT, answeredWithin(within), true);
  }

  /**
   * The deployment waits for a while. If the grant is still pending then, the deployment succeeds with the status so far, and an AWS Step
   * Functions workflow goes on until the grant is as declared. A grant that fails later leaves the stack as it is: see
   * `MarketplaceLicenseGrant.onSettlementFailed()` and `MarketplaceLicenseGrant.metricSettlementFailed()`.
   *
   * A later update or deletion of the grant takes over from a workflow that still runs.
   *
   * A grant that takes the place of another one, of another license or for another grantee, leaves that in use until it is settled itself: the
   * workflow then removes the old one, as `removal` says. If the new one cannot be settled, the old one is active again and stays, until a
   * later deployment settles the new one or removes it.
   */
  public static background(options: BackgroundCompletionOptions = {}): GrantCompletion {
    const wait = options.wait ?? DEFAULT_WAIT;
    const giveUpAfter = options.giveUpAfter ?? DEFAULT_GIVE_UP_AFTER;
    requireDuration('completion.wait', wait, { ...WAITED_FOR_IN_FUNCTION, shortest: Duration.seconds(0) });
    requireDuration('completion.giveUpAfter', giveUpAfter, WAITED_FOR_BY_WORKFLOW);
    if (!wait.isUnresolved() && !giveUpAfter.isUnresolved() && giveUpAfter.toSeconds() <= wait.toSeconds()) {
      throw new Error(
        `\`completion.giveUpAfter\` must be longer than \`completion.wait\`, ${wait.toHumanString()}, got ${giveUpAfter.toHumanString()}; `
        + 'use GrantCompletion.required() if nothing is to go on after the deployment',
      );
    }
    return new ByWorkflow(wait, giveUpAfter, false);
  }

  /**
   * What the resource of the grant says about it.
   *
   * @internal
   */
  public abstract _render(): Completion;
}

/** Most grants to accounts are settled then; what is not may take hours. */
const DEFAULT_WAIT = Duration.minutes(5);

/** Distribution to an organization was seen to take "hours or days" (AWS's sample for managed entitlements of Amazon Bedrock). */
const DEFAULT_GIVE_UP_AFTER = Duration.days(2);

const SHORTEST = Duration.seconds(1);

const WAITED_FOR_BY_CLOUDFORMATION: DurationLimits = {
  shortest: SHORTEST, longest: LONGEST_SERVICE_TIMEOUT, because: 'AWS CloudFormation waits for a custom resource no longer than that',
};

/** The workflow pauses for 15 minutes at most; with that, 14 days take half of the 25,000 events that Step Functions keeps of an execution. */
const WAITED_FOR_BY_WORKFLOW: DurationLimits = {
  shortest: SHORTEST, longest: Duration.days(14), because: 'what takes longer does not end by itself',
};

class InFunction extends GrantCompletion {
  constructor(private readonly within: Duration) {
    super();
  }

  public _render(): Completion {
    return { settleWithinSeconds: renderSeconds(this.within) };
  }
}

class ByWorkflow extends GrantCompletion {
  constructor(private readonly wait: Duration, private readonly giveUpAfter: Duration, private readonly required: boolean) {
    super();
  }

  public _render(): Completion {
    return {
      settleWithinSeconds: renderSeconds(this.wait),
      workflow: {
        giveUpAfterSeconds: renderSeconds(this.giveUpAfter),
        answersCloudFormation: this.required,
        serviceTimeout: this.required ? this.giveUpAfter.plus(TIME_TO_ANSWER) : undefined,
      },
    };
  }
}

function answeredWithin(within: Duration): Duration {
  return Duration.seconds(Math.min(within.toSeconds(), LONGEST_SERVICE_TIMEOUT.toSeconds() - TIME_TO_ANSWER.toSeconds()));
}
