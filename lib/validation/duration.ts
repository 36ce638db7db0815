import { Duration, Tokenization } from 'aws-cdk-lib';

/** Between which a duration has to lie, if it is known at synthesis. */
export interface DurationLimits {
  readonly shortest: Duration;
  readonly longest: Duration;
  /** Why it cannot be longer. */
  readonly because: string;
}

/** For what a function waits for itself: Lambda ends it after 15 minutes, and the last minute is for undoing and answering. */
export const WAITED_FOR_IN_FUNCTION: DurationLimits = {
  shortest: Duration.seconds(1),
  longest: Duration.minutes(14),
  because: 'the function that waits cannot run longer than 15 minutes',
};

export function requireDuration(property: string, duration: Duration, { shortest, longest, because }: DurationLimits): void {
  if (duration.isUnresolved() || (duration.toSeconds() >= shortest.toSeconds() && duration.toSeconds() <= longest.toSeconds())) {
    return;
  }
  throw new Error(`\`${property}\` must be ${shortest.toHumanString()} to ${longest.toHumanString()}, got ${duration.toHumanString()}; ${because}`);
}

/** As handlers are told: CloudFormation delivers every scalar as a string. */
export function renderSeconds(duration: Duration): string {
  return Tokenization.stringifyNumber(duration.toSeconds());
}
