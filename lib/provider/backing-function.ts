import { PhysicalName, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { IRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { determineLatestNodeRuntime, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { bundledHandler } from './bundled-handlers';
import { Concern } from './concerns/concern';
import { CONNECT_TO_VPC, writeLogs } from './concerns/operating';
import { FUNCTION_TIMEOUT } from './function-timeout';
import { LOG_RETENTION } from './log-retention';
import { ManagedEntitlementsProviderProps } from './managed-entitlements-provider';
import { Permission, policyStatement } from './permission';

/** Lambda gives processor time in proportion to memory; with its default of 128 MB, loading the AWS SDK alone takes seconds. */
const MEMORY_SIZE_MEBIBYTES = 256;

/** What stands behind the custom resources of one concern: a function, its role and its log group. */
export class BackingFunction extends Construct {
  public readonly functionArn: string;
  public readonly role: IRole;
  /** The permissions of a role of our own; absent if the user passed one. */
  private readonly inlinePolicy?: PolicyDocument;
  /** By sid. */
  private readonly statements = new Map<string, PolicyStatement>();

  constructor(scope: Construct, concern: Concern, props: ManagedEntitlementsProviderProps) {
    super(scope, concern.id);

    const logGroup = props.logGroup ?? this.createLogGroup(props);
    this.inlinePolicy = props.role ? undefined : new PolicyDocument();
    this.role = props.role ?? this.createRole(concern, this.inlinePolicy!);
    this.functionArn = this.createFunction(concern, logGroup, props).functionArn;
    if (!props.runtime) {
      this.acknowledgeRuntime();
    }

    this.permit([...concern.permissions, writeLogs(logGroup), ...(props.vpc ? [CONNECT_TO_VPC] : [])]);
  }

  /** Adds what is not permitted yet. Permissions with the same sid differ in their resources only. */
  public permit(permissions: Permission[]): void {
    for (const permission of permissions) {
      const statement = this.statements.get(permission.sid);
      const resources = permission.resources.filter((resource) => !statement?.resources.includes(resource));
      if (statement) {
        statement.addResources(...resources);
      } else {
        this.statements.set(permission.sid, this.addStatement(permission));
      }
      acknowledgeWildcards(this, { ...permission, resources });
    }
  }

  private addStatement(permission: Permission): PolicyStatement {
    // A Sid must be unique in its policy, and that of a role of the user's may hold the statements of other functions and of the user.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
    const statement = policyStatement(this.inlinePolicy ? permission : { ...permission, sid: undefined });
    if (this.inlinePolicy) {
      this.inlinePolicy.addStatements(statement);
    } else {
      this.role.addToPrincipalPolicy(statement);
    }
    return statement;
  }

  private createLogGroup(props: ManagedEntitlementsProviderProps): LogGroup {
    return new LogGroup(this, 'LogGroup', {
      retention: LOG_RETENTION,
      encryptionKey: props.encryptionKey,
      // The logs explain the resources of the stack and are of no use once those are gone.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /**
   * The policy is part of the role: a policy of its own would be one more resource, and the function could start before IAM knows it.
   */
  private createRole(concern: Concern, policy: PolicyDocument): Role {
    return new Role(this, 'Role', {
      // AWS CloudFormation chooses the name, unless a stack of another account has to know it.
      roleName: PhysicalName.GENERATE_IF_NEEDED,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: concern.description,
      inlinePolicies: { Permissions: policy },
    });
  }

  private createFunction(concern: Concern, logGroup: ILogGroup, props: ManagedEntitlementsProviderProps): LambdaFunction {
    return new LambdaFunction(this, 'Function', {
      description: concern.description,
      code: bundledHandler(concern.handler),
      handler: 'index.handler',
      runtime: props.runtime ?? determineLatestNodeRuntime(this),
      timeout: FUNCTION_TIMEOUT,
      memorySize: props.memorySize ?? MEMORY_SIZE_MEBIBYTES,
      role: this.role,
      logGroup,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
  }

  /** cdk-nag knows of newer runtimes than `determineLatestNodeRuntime()` chooses, which is what every Region has. */
  private acknowledgeRuntime(): void {
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-L1',
      reason: 'the runtime is the latest that this version of aws-cdk-lib knows the Region to have',
    });
  }
}
