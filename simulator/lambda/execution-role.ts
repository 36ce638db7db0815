import { FunctionDefinition } from './function-definition';
import { AuthorizationRequest, Authorizer } from '../wire/authorizer';
import { roleSession } from '../wire/identities';

/** Of every invocation Lambda itself writes START, END and REPORT, so a function that logs nothing needs both as well. */
const WRITE_LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
const CONNECT_TO_VPC = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
];

/** What Lambda does for a function with the permissions of its role, beside the calls of the function itself. */
export class ExecutionRole {
  constructor(private readonly definition: FunctionDefinition, private readonly authorizer: Authorizer, private readonly now: Date) {}

  /** A function whose role may not write logs runs all the same, and has no logs. Log groups are taken as there. */
  async mayWriteLogs(logStreamName: string): Promise<boolean> {
    const { functionArn, region, accountId, logGroupName } = this.definition;
    const [, partition] = functionArn.split(':');
    const logStreamArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}:log-stream:${logStreamName}`;
    return (await this.denied(WRITE_LOGS, logStreamArn)).length === 0;
  }

  /** Lambda asks before it makes the function: https://github.com/aws/aws-cdk/issues/23589 */
  async checkNetworkAccess(): Promise<void> {
    const [denied] = this.definition.isInVpc ? await this.denied(CONNECT_TO_VPC, '*') : [];
    if (denied) throw new Error(`The provided execution role does not have permissions to call ${denied.replace('ec2:', '')} on EC2`);
  }

  private async denied(actions: readonly string[], resourceArn: string): Promise<string[]> {
    const decisions = await Promise.all(actions.map(async (action) => this.authorizer.authorize(this.request(action, resourceArn))));
    return actions.filter((_, index) => !decisions[index].allowed);
  }

  private request(action: string, resourceArn: string): AuthorizationRequest {
    const { accountId, roleArn, functionName, region } = this.definition;
    return {
      principal: roleSession({ accountId, roleArn, sessionName: functionName }, this.now), action, resourceArns: [resourceArn], region, context: {},
    };
  }
}
