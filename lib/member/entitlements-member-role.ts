import { Resource } from 'aws-cdk-lib';
import { AccountPrincipal, IRoleRef, PolicyDocument, PrincipalBase, Role, RoleReference } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { memberPermissions } from './member-permissions';
import { acknowledgeWildcards } from '../provider/acknowledge-wildcards';
import { policyStatement } from '../provider/permission';
import { requireOrganizationId } from '../validation/identifiers';
import { requireAccountOfGrantor, requireExternalId, requireRoleName, requireUnguardedRoleName } from '../validation/member-role';

/**
 * Properties of `EntitlementsMemberRole`.
 */
export interface EntitlementsMemberRoleProps {
  /**
   * The only role that may assume this one: that of the function that makes the grants, `provider.grantorRole`, or `Role.fromRoleArn()`.
   *
   * It need not exist yet. Its account has to be known, and another one: if it is made in the same app, its stack needs an `env` with an account.
   */
  readonly grantorRole: IRoleRef;

  /**
   * The id of the organization that the grantor's account has to be in, for example `o-exampleorgid`.
   */
  readonly organizationId: string;

  /**
   * What whoever assumes the role has to know: 2 to 1,224 letters, digits and characters of `+=,.@:/-_`. Not a secret.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
   * @default - no external id is asked for
   */
  readonly externalId?: string;

  /**
   * The name of the role: 1 to 64 letters, digits and characters of `+=,.@-_`. The same name in all accounts makes it easy to refer to.
   *
   * AWS Control Tower keeps everyone from changing roles like `aws-controltower-*`, `*AWSControlTower*` and `stacksets-exec-*`.
   *
   * @default EntitlementsMemberRole.DEFAULT_ROLE_NAME
   */
  readonly roleName?: string;
}

/**
 * A role in an account that receives licenses, with which the grantor's deployment accepts and activates its grants there.
 *
 * It is for grants that License Manager does not accept by itself: in organizations with consolidated billing, and of grantors other than the
 * management account. The role lets the grantor's function, and nobody else, read the grants that the account has received, and accept,
 * activate and deactivate those that the grantor's account has made.
 *
 * The role needs no assets and no functions, so a template with it can be deployed as it is by AWS CloudFormation StackSets and whatever
 * builds on them: one that `npx cdk-managed-entitlements member-role-template` writes, or that of a stack with a `BootstraplessSynthesizer`. The
 * default synthesizer adds a parameter that AWS CloudFormation does not find in accounts without the CDK's bootstrap stack.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/grant-acceptance.html
 */
@propertyInjectable
export class EntitlementsMemberRole extends Resource implements IRoleRef {
  /** Identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-managed-entitlements.EntitlementsMemberRole';

  /** The name of the role if no other is chosen. */
  public static readonly DEFAULT_ROLE_NAME: string = 'EntitlementsMember';

  private readonly role: Role;

  constructor(scope: Construct, id: string, props: EntitlementsMemberRoleProps) {
    super(scope, id);
    requireOrganizationId('organizationId', props.organizationId);
    requireExternalId('externalId', props.externalId);
    requireRoleName('roleName', props.roleName);
    requireUnguardedRoleName('roleName', props.roleName);
    requireAccountOfGrantor(props.grantorRole.env.account, this.env.account);

    const permissions = memberPermissions(props.grantorRole.env.account);
    this.role = new Role(this, 'Resource', {
      roleName: props.roleName ?? EntitlementsMemberRole.DEFAULT_ROLE_NAME,
      description: 'Lets the grantor of AWS Marketplace licenses accept and activate its grants here (cdk-managed-entitlements)',
      assumedBy: grantorIn(props),
      inlinePolicies: { Permissions: new PolicyDocument({ statements: permissions.map(policyStatement) }) },
    });
    permissions.forEach((permission) => acknowledgeWildcards(this.role, permission));
  }

  /**
   * The ARN of the role.
   *
   * @attribute
   */
  public get roleArn(): string {
    return this.role.roleArn;
  }

  /**
   * The name of the role.
   *
   * @attribute
   */
  public get roleName(): string {
    return this.role.roleName;
  }

  /**
   * A reference to the role.
   */
  public get roleRef(): RoleReference {
    return this.role.roleRef;
  }
}

/**
 * The principal is the grantor's account, and a condition names the role in it: IAM refuses a trust policy whose principal is a role that does
 * not exist, and forgets one that is deleted and made again.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
function grantorIn({ grantorRole, organizationId, externalId }: EntitlementsMemberRoleProps): PrincipalBase {
  return new AccountPrincipal(grantorRole.env.account).withConditions({
    ArnEquals: { 'aws:PrincipalArn': grantorRole.roleRef.roleArn },
    StringEquals: {
      'aws:PrincipalOrgID': organizationId,
      ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
    },
  });
}
