"""What people may choose per topic fits the topics that there are, and how they are sent."""

from notifications import recipients, topics
from states import preferences


def test_every_topic_may_be_chosen_and_no_other() -> None:
    assert set(preferences.NOTICES) == set(topics.TOPICS)


def test_what_goes_out_at_once_cannot_be_put_off() -> None:
    urgent = {told.action.value for told in recipients.WHO if told.urgent}
    assert urgent == {"return", "reopen"}
    assert {preferences.NOTICES[topic].values for topic in urgent} == {("now",)}
