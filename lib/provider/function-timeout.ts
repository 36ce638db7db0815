import { Duration } from 'aws-cdk-lib';

/** The longest that Lambda lets a function run: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
export const FUNCTION_TIMEOUT = Duration.minutes(15);
