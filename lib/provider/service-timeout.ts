import { Duration } from 'aws-cdk-lib';
import { FUNCTION_TIMEOUT } from './function-timeout';

/**
 * The longest that CloudFormation waits for the answer of a custom resource.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
export const LONGEST_SERVICE_TIMEOUT = Duration.hours(1);

/**
 * Lambda starts a function that crashed again after one minute: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 * It may take another one to start it at all.
 */
const TIME_TO_START = Duration.minutes(2);

/** Between the end of waiting and the answer: what is left of the function's time then, and starting it. */
export const TIME_TO_ANSWER = Duration.minutes(1).plus(TIME_TO_START);

/** How long CloudFormation waits for a function to answer. Its own default is an hour, in which a stack would hang. */
export const FUNCTION_SERVICE_TIMEOUT = FUNCTION_TIMEOUT.plus(TIME_TO_START);
