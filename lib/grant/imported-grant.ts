import { Resource } from 'aws-cdk-lib';
import { GrantReference } from 'aws-cdk-lib/aws-licensemanager';
import { Construct } from 'constructs';
import { IMarketplaceLicenseGrant, MarketplaceLicenseGrantAttributes } from './marketplace-license-grant';
import { requireGrantArn } from '../validation/grant-arn';
import { requireGrantName } from '../validation/grant-name';
import { requireLicenseArn } from '../validation/license-arn';

/** A grant that is managed elsewhere. */
export class ImportedGrant extends Resource implements IMarketplaceLicenseGrant {
  constructor(scope: Construct, id: string, private readonly attributes: MarketplaceLicenseGrantAttributes) {
    super(scope, id);
    requireGrantArn('grantArn', attributes.grantArn);
    requireGrantName(attributes.grantName);
    if (attributes.licenseArn !== undefined) {
      requireLicenseArn(attributes.licenseArn);
    }
  }

  public get grantArn(): string {
    return this.attributes.grantArn;
  }

  public get grantName(): string {
    return this.known('grantName');
  }

  public get licenseArn(): string {
    return this.known('licenseArn');
  }

  public get grantRef(): GrantReference {
    return { grantArn: this.grantArn };
  }

  private known(name: 'grantName' | 'licenseArn'): string {
    const value = this.attributes[name];
    if (value === undefined) {
      throw new Error(
        `\`${name}\` of the grant '${this.node.path}' is not known, since it was imported by its ARN alone; import it with `
        + `MarketplaceLicenseGrant.fromGrantAttributes({ grantArn, ${name} })`,
      );
    }
    return value;
  }
}
