#!/usr/bin/env python3
from aws_cdk import App, Aws, Stack, aws_iam as iam, aws_s3 as s3, aws_sagemaker as sagemaker
from cdk_hyperpod import HyperPodPreflight
from constructs import Construct


class MismatchStack(Stack):
    """A cluster written with CDK's own constructs. It would fail half an hour into its deployment:
    the role's managed policy reads buckets named sagemaker-*, and this one is not.
    """

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        bucket = s3.Bucket(
            self,
            "LifecycleBucket",
            bucket_name=f"hyprpd-lustre-hyperpod-lifecycle-{Aws.ACCOUNT_ID}",
        )

        role = iam.Role(
            self,
            "ExecutionRole",
            assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("AmazonSageMakerClusterInstanceRolePolicy"),
            ],
        )

        sagemaker.CfnCluster(
            self,
            "Cluster",
            instance_groups=[
                sagemaker.CfnCluster.ClusterInstanceGroupProperty(
                    instance_group_name="workers",
                    instance_type="ml.g5.8xlarge",
                    instance_count=2,
                    execution_role=role.role_arn,
                    life_cycle_config=sagemaker.CfnCluster.ClusterLifeCycleConfigProperty(
                        source_s3_uri=f"s3://{bucket.bucket_name}/config/",
                        on_create="on_create.sh",
                    ),
                ),
            ],
        )

        HyperPodPreflight.apply_to(self)


app = App()
MismatchStack(app, "Mismatch")
app.synth()
