import type { Owner } from '../../domain/grant/ownership';
import type { Journal } from '../../domain/journal';

/**
 * Lets CloudWatch make a metric from a line of the log: 1 where a grant could not be settled, 0 where it was. The construct names the
 * same metric.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function measureSettlement(isSettled: boolean, { stackId, logicalId }: Owner, now: number, journal: Journal): void {
  journal.note('Settlement', {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{
        Namespace: 'CdkManagedEntitlements',
        Dimensions: [['StackName', 'LogicalId']],
        Metrics: [{ Name: 'SettlementFailed', Unit: 'Count' }],
      }],
    },
    StackName: stackNameOf(stackId),
    LogicalId: logicalId,
    SettlementFailed: isSettled ? 0 : 1,
  });
}

/** From `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/NAME/ID`. */
function stackNameOf(stackId: string): string {
  return stackId.split('/')[1];
}
