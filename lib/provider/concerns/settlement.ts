import { Aws } from 'aws-cdk-lib';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Permission } from '../permission';

/** What the function needs to hand grants over to its workflow, and to take them back. */
export function handOverTo({ stateMachineArn, stateMachineName }: StateMachine): Permission[] {
  return [
    {
      // A request finds by their names what earlier ones about the same grant have handed over.
      sid: 'HandOverToWorkflow',
      actions: ['states:ListExecutions', 'states:StartExecution'],
      resources: [stateMachineArn],
    },
    {
      // A newer request stops an execution, and takes one up again that was stopped for nothing; an execution asks whether it was stopped before it
      // changes a grant.
      sid: 'SupersedeWorkflow',
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [`arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${stateMachineName}:*`],
      wildcardReason: 'each execution of the state machine has a name of its own',
    },
  ];
}

/** What the role of the workflow needs. */
export function runSettlements(functionArn: string): Permission[] {
  return [
    {
      sid: 'InvokeFunction',
      actions: ['lambda:InvokeFunction'],
      resources: [functionArn],
    },
    {
      // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
      sid: 'DeliverLogs',
      actions: [
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
      ],
      resources: ['*'],
      wildcardReason: 'CloudWatch Logs defines no resource type for the delivery of logs',
    },
    {
      // https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
      sid: 'Trace',
      actions: ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      resources: ['*'],
      wildcardReason: 'X-Ray defines no resource type for these actions',
    },
  ];
}
