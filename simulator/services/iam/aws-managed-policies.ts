import { PolicyDocument } from '../../authorization/policy-document';

const WRITE_LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const CONNECT_TO_VPC = [
  'ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses',
];

/**
 * The two that the CDK gives to every function, by the last part of their ARN; all others are unknown here.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html
 */
const KNOWN: Readonly<Record<string, PolicyDocument>> = {
  'service-role/AWSLambdaBasicExecutionRole': allowing(WRITE_LOGS),
  'service-role/AWSLambdaVPCAccessExecutionRole': allowing([...WRITE_LOGS, ...CONNECT_TO_VPC]),
};

export function awsManagedPolicy(arn: string): PolicyDocument | undefined {
  const [, name] = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  return name !== undefined && Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
}

function allowing(actions: readonly string[]): PolicyDocument {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return { Version: '2012-10-17', Statement: [statement] };
}
