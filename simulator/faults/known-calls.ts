import { ServiceModel } from '../model/service-model';
import cloudFormation from '../models/cloudformation.json';
import iam from '../models/iam.json';
import lambda from '../models/lambda.json';
import licenseManager from '../models/license-manager.json';
import marketplaceAgreement from '../models/marketplace-agreement.json';
import organizations from '../models/organizations.json';
import ssm from '../models/ssm.json';
import states from '../models/states.json';
import sts from '../models/sts.json';

const DOCUMENTS = [licenseManager, organizations, iam, sts, marketplaceAgreement, lambda, states, ssm, cloudFormation];

/** The services that faults can be narrowed to, named as in IAM actions. */
export const SERVICE_NAMES: readonly string[] = DOCUMENTS.map((document) => new ServiceModel(document).signingName);

export const OPERATION_NAMES: readonly string[] = [...new Set(DOCUMENTS.flatMap(({ operations }) => Object.keys(operations)))];
