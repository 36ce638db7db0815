import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** As long as CloudTrail's event history (90 days), where the calls that a log line speaks of can be looked up. */
export const LOG_RETENTION = RetentionDays.THREE_MONTHS;
