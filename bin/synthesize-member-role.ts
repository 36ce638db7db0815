import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { EntitlementsMemberRole, EntitlementsMemberRoleProps } from '../lib/member/entitlements-member-role';

export interface MemberRoleOptions extends Omit<EntitlementsMemberRoleProps, 'grantorRole'> {
  readonly grantorRoleArn: string;
}

/** The template of a stack with that role, without anything that an account has to be prepared for. */
export function synthesizeMemberRole({ grantorRoleArn, ...props }: MemberRoleOptions): object {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  try {
    const app = new App({ analyticsReporting: false, outdir });
    const stack = new Stack(app, 'EntitlementsMember', { synthesizer: new BootstraplessSynthesizer() });
    new EntitlementsMemberRole(stack, 'Role', { grantorRole: Role.fromRoleArn(stack, 'Grantor', grantorRoleArn), ...props });
    return app.synth().getStackArtifact(stack.artifactId).template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
