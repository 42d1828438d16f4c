#!/bin/bash
# HyperPod runs this script as root on every node that is created or replaced, after it has set up Slurm and mounted file systems.
# Its output goes to the cluster's log group: /aws/sagemaker/Clusters/<name>/<id>, stream LifecycleConfig/<group>/<instance>.
set -euo pipefail

echo "on_init_complete: $(hostname) is up"
