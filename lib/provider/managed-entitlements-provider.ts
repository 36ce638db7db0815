import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { BackingFunction } from './backing-function';
import { Concern } from './concerns/concern';
import { ENTITLEMENTS } from './concerns/entitlements';
import { SettlementWorkflow } from './settlement-workflow';
import { unsupportedPartition } from './supported-partition';

/**
 * How the functions behind the constructs are run. Everything has a default: make a provider only to change one.
 */
export interface ManagedEntitlementsProviderProps {
  /**
   * The role of the functions; the workflow has one of its own. It must trust `lambda.amazonaws.com`; the permissions that the functions
   * need are added to its policy, unless it was imported as immutable: then they have to be there already.
   *
   * Pass one with a `roleName` if the trust policies of roles in other accounts have to name it and those are not made by the same app.
   *
   * @default - each function gets a role of its own that permits what the function needs and nothing else
   */
  readonly role?: IRole;

  /**
   * The VPC that the functions are connected to. It has to let them reach License Manager and Organizations in `us-east-1`, IAM, and the
   * Amazon S3 bucket that AWS CloudFormation takes answers from; for `GrantAcceptance.assumingRole()` also AWS STS in the stack's Region.
   *
   * @default - the functions are not connected to a VPC
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of `vpc` that the functions are placed in.
   *
   * @default - the private subnets of `vpc`
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the functions' network interfaces. Only outgoing HTTPS is needed.
   *
   * @default - if there is a `vpc`, each function gets a security group of its own that permits all outgoing traffic
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The log group that all functions and the workflow write to.
   *
   * @default - each gets a log group of its own that keeps entries for three months and is deleted with the stack
   */
  readonly logGroup?: ILogGroup;

  /**
   * The AWS KMS key that encrypts the log groups of the functions and of the workflow. Its policy is extended to let CloudWatch Logs use it; the policy of an
   * imported key has to do so already. The functions have no environment variables that it could encrypt.
   *
   * Cannot be combined with `logGroup`, which has its own encryption.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default - CloudWatch Logs encrypts with a key of its own
   */
  readonly encryptionKey?: IKey;

  /**
   * The runtime of the functions: Node.js 20 or newer.
   *
   * @default - the latest Node.js runtime that AWS Lambda has in the stack's Region
   */
  readonly runtime?: Runtime;

  /**
   * The memory of each function, in MiB.
   *
   * @default 256
   */
  readonly memorySize?: number;
}

/**
 * The functions behind the constructs of this library, one for each concern, made when a construct first needs it.
 *
 * A stack gets a provider by itself. Make one to choose its role, network, logging, encryption or runtime, and pass it as `provider` to
 * the constructs; several stacks of the same account and Region may share it.
 *
 * ```ts
 * const provider = new ManagedEntitlementsProvider(this, 'Provider', { logGroup });
 * new MarketplaceLicenseGrant(this, 'Grant', { license, grantee, provider });
 * ```
 */
@propertyInjectable
export class ManagedEntitlementsProvider extends Construct {
  /** Identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-managed-entitlements.ManagedEntitlementsProvider';

  /**
   * The provider that serves all constructs of a stack that were not given one.
   *
   * @internal
   */
  public static _ofStack(scope: Construct): ManagedEntitlementsProvider {
    const stack = Stack.of(scope);
    const id = 'DefaultManagedEntitlementsProvider';
    return (stack.node.tryFindChild(id) as ManagedEntitlementsProvider | undefined) ?? new ManagedEntitlementsProvider(stack, id);
  }

  private readonly props: ManagedEntitlementsProviderProps;

  constructor(scope: Construct, id: string, props: ManagedEntitlementsProviderProps = {}) {
    super(scope, id);
    this.props = props;

    if (props.encryptionKey && props.logGroup) {
      throw new Error('`encryptionKey` encrypts log groups that the provider makes itself, got `logGroup` as well; encrypt that log group instead');
    }
    if (!props.vpc && (props.vpcSubnets || props.securityGroups)) {
      throw new Error('`vpcSubnets` and `securityGroups` place the functions in a VPC, got no `vpc`; pass the VPC that they belong to');
    }

    const unsupported = unsupportedPartition(this);
    if (unsupported) {
      Validations.of(this).addError('cdk-managed-entitlements:unsupported-partition', unsupported);
    }
    if (props.encryptionKey) {
      this.letLogsUse(props.encryptionKey);
    }
  }

  /**
   * The role of the function that makes grants: whom the role in a grantee's account has to trust that accepts them. Made, with its
   * function, when it is first asked for.
   *
   * Its name is chosen at synthesis if a stack in another account of the same app uses it, by AWS CloudFormation otherwise.
   */
  public get grantorRole(): IRole {
    return this._backing(ENTITLEMENTS).role;
  }

  /**
   * The function of that concern, made at the first request.
   *
   * @internal
   */
  public _backing(concern: Concern): BackingFunction {
    return (this.node.tryFindChild(concern.id) as BackingFunction | undefined) ?? new BackingFunction(this, concern, this.props);
  }

  /**
   * The workflow that goes on with grants after their deployment, made at the first request.
   *
   * @internal
   */
  public _settlementWorkflow(): SettlementWorkflow {
    const id = 'Settlement';
    const { logGroup, encryptionKey } = this.props;
    return (this.node.tryFindChild(id) as SettlementWorkflow | undefined)
      ?? new SettlementWorkflow(this, id, { backing: this._backing(ENTITLEMENTS), logGroup, encryptionKey });
  }

  /** The context names every log group of the account: that of one group would make key and log group depend on each other. */
  private letLogsUse(key: IKey): void {
    const stack = Stack.of(this);
    const logGroups = stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
      }),
    );
  }
}
