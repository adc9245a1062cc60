from training.tests.browser.test_instant import gym, planned, sets, row, fail, expect
def test_w(gym, problems):
    problems.expect("503")
    page=gym.page
    gym.log_set(1,"80","8"); gym.expect_logged(1,"80","8")
    page.set_viewport_size({"width":320,"height":844})
    page.route("**/sets/", fail, times=1)
    gym.tap("Log set 2", within=gym.card)
    expect(page.get_by_text("Not saved.")).to_be_visible()
    page.screenshot(path="/tmp/s320.png")
    page.set_viewport_size({"width":390,"height":844})
    page.screenshot(path="/tmp/s390.png")
