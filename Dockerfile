# planqa with the index of its plans built in. Runs offline, as a user without rights.
#
#   docker build -t planqa .
#   docker run --rm -p 127.0.0.1:8000:8000 planqa
#
# Another encoder (brings torch, and fetches the model while building):
#   docker build -t planqa --build-arg ENCODER=BAAI/bge-m3 .

ARG PYTHON=3.12

FROM python:${PYTHON}-slim AS build
ARG ENCODER=""
WORKDIR /src
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY corpus corpus
COPY index index
COPY assistant assistant
COPY eval eval
RUN python -m venv /opt/planqa \
 && /opt/planqa/bin/pip install --no-cache-dir ".${ENCODER:+[models]}"
ENV PLANQA_INDEX_DIR=/opt/planqa/index \
    PLANQA_ENCODER=${ENCODER} \
    HF_HOME=/opt/planqa/huggingface
WORKDIR /
RUN /opt/planqa/bin/planqa build && /opt/planqa/bin/planqa verify

FROM python:${PYTHON}-slim
ARG ENCODER=""
ENV PATH=/opt/planqa/bin:$PATH \
    PLANQA_INDEX_DIR=/opt/planqa/index \
    PLANQA_ENCODER=${ENCODER} \
    PLANQA_HOST=0.0.0.0 \
    PLANQA_PORT=8000 \
    HF_HOME=/opt/planqa/huggingface \
    HF_HUB_OFFLINE=1 \
    PYTHONUNBUFFERED=1
RUN useradd --system --no-create-home --shell /usr/sbin/nologin planqa
COPY --from=build /opt/planqa /opt/planqa
USER planqa
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.build_opener(u.ProxyHandler({})).open(f'http://127.0.0.1:{os.environ[\"PLANQA_PORT\"]}/readyz', timeout=4)"]
CMD ["planqa", "serve"]
