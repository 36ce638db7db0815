import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Permission } from '../permission';

/** Instead of the managed policy AWSLambdaBasicExecutionRole, which covers every log group of the account. */
export function writeLogs(logGroup: ILogGroup): Permission {
  return {
    sid: 'WriteLogs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  };
}

/**
 * What Lambda needs to give a function its network interfaces.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export const CONNECT_TO_VPC: Permission = {
  sid: 'ConnectToVpc',
  actions: [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
  wildcardReason: 'Lambda verifies the role of a function in a VPC against all resources before it makes the network interfaces',
};
