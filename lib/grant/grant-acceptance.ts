import { Aws } from 'aws-cdk-lib';
import { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { AcceptanceProperties, ActivationProperties, GranteeProperties } from './grant-properties';
import { accountIdOf } from './grantee-account';
import { Permission } from '../provider/permission';
import { requireAccountForAcceptance } from '../validation/acceptance';
import { requireAccountOfRole, requireExternalId, requireRoleName } from '../validation/member-role';

/**
 * The role that a grant is accepted with: exactly one of `role` and `roleName`.
 */
export interface AssumedRoleAcceptanceOptions {
  /**
   * A role in the grantee's account, such as an `EntitlementsMemberRole`, or `Role.fromRoleArn()`.
   *
   * @default - the role named `roleName`
   */
  readonly role?: IRoleRef;

  /**
   * The name of a role in the grantee's account. The role must have no path other than `/`.
   *
   * @default - the role passed as `role`
   */
  readonly roleName?: string;

  /**
   * The external id that the role's trust policy asks for: 2 to 1,224 letters, digits and characters of `+=,.@:/-_`.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
   * @default - none is sent
   */
  readonly externalId?: string;
}

/**
 * Who accepts a grant to an account. Nobody can use a grant before it is accepted. A change is made in place.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/grant-acceptance.html
 */
export abstract class GrantAcceptance {
  /**
   * License Manager accepts the grant.
   *
   * It does so for grants of the management account of an organization with all features that is linked in License Manager, where the
   * service-linked roles are there. A grant that is still pending at the end of the time that the deployment waits fails with the
   * condition that is missing.
   */
  public static automatic(): GrantAcceptance {
    return new AutomaticAcceptance();
  }

  /**
   * The deployment accepts the grant with a role in the grantee's account, and activates it with that role if License Manager does not let
   * the grantor do it. For `Grantee.account()` only.
   *
   * The role has to be there before: a deployment that cannot assume it makes no grant. A grant that is accepted already is not accepted again.
   */
  public static assumingRole(options: AssumedRoleAcceptanceOptions): GrantAcceptance {
    return new AssumedRoleAcceptance(options);
  }

  /**
   * The grantee accepts the grant by itself, and the deployment does not wait for it: it succeeds with a grant that is pending acceptance. For
   * `Grantee.account()` only.
   *
   * Nothing happens by itself once the grantee has accepted: the grant then is disabled, and the next deployment that changes a property of
   * the grant, such as `repairTrigger`, brings the declared activation about.
   */
  public static byGrantee(): GrantAcceptance {
    return new GranteesAcceptance();
  }

  /**
   * The acceptance as the handler is told; nothing for what it does without being told.
   *
   * @internal
   */
  public abstract _render(grantee: GranteeProperties, activation: ActivationProperties): AcceptanceProperties | undefined;

  /**
   * What the handler needs for it.
   *
   * @internal
   */
  public abstract _permissions(grantee: GranteeProperties): Permission[];
}

class AutomaticAcceptance extends GrantAcceptance {
  public _render(_grantee: GranteeProperties, activation: ActivationProperties): AcceptanceProperties | undefined {
    return activation.Mode === 'BY_GRANTEE' ? { Mode: 'AUTOMATIC' } : undefined;
  }

  public _permissions(): Permission[] {
    return [];
  }
}

class GranteesAcceptance extends GrantAcceptance {
  public _render(grantee: GranteeProperties): AcceptanceProperties {
    requireAccountForAcceptance('byGrantee', grantee);
    return { Mode: 'BY_GRANTEE' };
  }

  public _permissions(): Permission[] {
    return [];
  }
}

class AssumedRoleAcceptance extends GrantAcceptance {
  constructor(private readonly options: AssumedRoleAcceptanceOptions) {
    super();
    if ((options.role === undefined) === (options.roleName === undefined)) {
      throw new Error(
        `\`GrantAcceptance.assumingRole()\` takes either \`role\` or \`roleName\`, got ${options.role ? 'both' : 'neither'}; `
        + 'name a role in the grantee\'s account, for example EntitlementsMemberRole.DEFAULT_ROLE_NAME',
      );
    }
    requireRoleName('roleName', options.roleName);
    requireExternalId('externalId', options.externalId);
  }

  public _render(grantee: GranteeProperties): AcceptanceProperties {
    return { Mode: 'ASSUMING_ROLE', RoleArn: this.roleArn(grantee), ExternalId: this.options.externalId };
  }

  public _permissions(grantee: GranteeProperties): Permission[] {
    return [{ sid: 'AssumeMemberRoles', actions: ['sts:AssumeRole'], resources: [this.roleArn(grantee)] }];
  }

  private roleArn(grantee: GranteeProperties): string {
    requireAccountForAcceptance('assumingRole', grantee);
    const accountId = accountIdOf(grantee.Identifier!);
    if (this.options.role) {
      const { roleArn } = this.options.role.roleRef;
      requireAccountOfRole(roleArn, accountId);
      return roleArn;
    }
    return `arn:${Aws.PARTITION}:iam::${accountId}:role/${this.options.roleName}`;
  }
}
