import { Stack, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Permission } from './permission';

/**
 * Tells cdk-nag why a permission's wildcards are needed, one finding at a time, so that a user's own wildcards are still reported.
 *
 * The entry is what `Validations.acknowledge()` records. That method itself cannot be used: in aws-cdk-lib 2.257 it refuses an id
 * that holds `::` more than once, and every ARN of License Manager, which has no Region in it, does.
 */
export function acknowledgeWildcards(construct: Construct, permission: Permission): void {
  for (const resource of permission.resources.filter((each) => each.includes('*'))) {
    construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
      [`AwsSolutions-IAM5[Resource::${asReported(Stack.of(construct).resolve(resource))}]`]: permission.wildcardReason,
    });
  }
}

/** cdk-nag writes `<Name>` for a reference, `<Name.Attribute>` for an attribute, and other functions as they stand in the template. */
function asReported(resource: Resolved): string {
  if (typeof resource === 'string') {
    return resource;
  }
  if ('Fn::Join' in resource) {
    return resource['Fn::Join'][1].map(asReported).join('');
  }
  if ('Ref' in resource) {
    return `<${resource.Ref}>`;
  }
  return 'Fn::GetAtt' in resource ? `<${resource['Fn::GetAtt'].join('.')}>` : JSON.stringify(resource);
}

/** What an ARN of this library may consist of in a template. The account of a role whose ARN is a parameter is a part of that. */
type Resolved = string | { Ref: string } | { 'Fn::GetAtt': string[] } | { 'Fn::Join': [string, Resolved[]] } | { 'Fn::Select': unknown };
