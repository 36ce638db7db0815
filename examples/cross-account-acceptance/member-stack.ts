import { Stack, StackProps } from 'aws-cdk-lib';
import { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { EntitlementsMemberRole, ManagedEntitlementsMemberSetup } from 'cdk-managed-entitlements';
import { Construct } from 'constructs';

export interface MemberStackProps extends StackProps {
  /** The role of the function that makes the grants. */
  readonly grantorRole: IRoleRef;
  readonly organizationId: string;
  readonly externalId: string;
}

/** Lets the grantor's deployment accept and activate grants in this account. */
export class MemberStack extends Stack {
  constructor(scope: Construct, id: string, props: MemberStackProps) {
    super(scope, id, props);

    new ManagedEntitlementsMemberSetup(this, 'Setup');
    new EntitlementsMemberRole(this, 'Role', {
      grantorRole: props.grantorRole,
      organizationId: props.organizationId,
      externalId: props.externalId,
    });
  }
}
