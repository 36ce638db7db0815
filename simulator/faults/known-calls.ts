import iam from '../models/iam.json';
import licenseManager from '../models/license-manager.json';
import organizations from '../models/organizations.json';
import sts from '../models/sts.json';

const MODELS = [licenseManager, organizations, iam, sts];

/** The services that faults can be narrowed to, named as in IAM actions. */
export const SERVICE_NAMES: readonly string[] = MODELS.map(({ metadata }) => metadata.endpointPrefix);

export const OPERATION_NAMES: readonly string[] = [...new Set(MODELS.flatMap(({ operations }) => Object.keys(operations)))];
