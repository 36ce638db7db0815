import { App, CfnResource, Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ILicenseRef } from 'aws-cdk-lib/aws-licensemanager';
import { Grantee, MarketplaceLicense, MarketplaceLicenseGrant, MarketplaceLicenseGrantProps } from '../../lib';

/*
 * What the tests of the constructs share: small stacks, and what becomes of them.
 */

export const LICENSE_ARN = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000001';
export const LICENSE_TYPE = 'Custom::MarketplaceLicense';
export const GRANT_TYPE = 'Custom::MarketplaceLicenseGrant';

/** aws-cdk-lib 2.261 and newer validate every template against rules of AWS CloudFormation; this turns findings into errors. */
export const DEFAULT_RULES_ARE_ERRORS = { '@aws-cdk/core:validateAgainstDefaultRules': true };

export function stackIn(env?: Environment): Stack {
  return new Stack(new App({ context: DEFAULT_RULES_ARE_ERRORS }), 'Entitlements', { env });
}

export function licenseIn(stack: Stack): ILicenseRef {
  return MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN);
}

/** A grant with nothing but what is required, unless the test says more. */
export function grantIn(stack: Stack, props: Partial<MarketplaceLicenseGrantProps> = {}): MarketplaceLicenseGrant {
  return new MarketplaceLicenseGrant(stack, 'Grant', {
    license: props.license ?? licenseIn(stack),
    grantee: Grantee.account('222222222222'),
    ...props,
  });
}

/** The properties of the template's one resource of that type, without those that every custom resource has. */
export function propertiesOf(stack: Stack, type: string): Record<string, unknown> {
  const { ServiceToken, ServiceTimeout, ...properties } = resourceOf(stack, type).Properties;
  return properties;
}

export function resourceOf(stack: Stack, type: string): any {
  const resources = Object.values(Template.fromStack(stack).findResources(type));
  expect(resources).toHaveLength(1);
  return resources[0];
}

export function resourceTypesOf(stack: Stack): string[] {
  return stack.node.findAll().filter(CfnResource.isCfnResource).map(({ cfnResourceType }) => cfnResourceType).sort();
}

export function errorsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findError('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}
