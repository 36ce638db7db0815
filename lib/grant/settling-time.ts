import { Duration } from 'aws-cdk-lib';

/** Long enough for a grant to an account: it takes two to three minutes to show up, and activation follows. */
export const DEFAULT_SETTLING_TIME = Duration.minutes(10);
