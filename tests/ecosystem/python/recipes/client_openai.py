from collections.abc import Iterator

import openai
from openai.types.chat import ChatCompletion
from tensorloop_errors import inference, retrying

client = openai.OpenAI(max_retries=0)


def ask(question: str, model: str) -> str | None:
    def send() -> ChatCompletion:
        try:
            return client.chat.completions.create(
                model=model, messages=[{"role": "user", "content": question}]
            )
        except openai.APIError as error:
            raise inference.ApiError.from_openai(error) from error

    return retrying(send).choices[0].message.content


def stream(question: str, model: str) -> Iterator[str]:
    try:
        for chunk in client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": question}], stream=True
        ):
            for choice in chunk.choices:
                yield choice.delta.content or ""
    except openai.APIError as error:
        raise inference.ApiError.from_openai(error) from error
